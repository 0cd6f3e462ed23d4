import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Puts credential servers under load, in turns, and prints a line for each turn:
 *
 * <pre>NAME CLIENTS REQUESTS FAILED CPU_MICROS_EACH P50_MICROS P99_MICROS</pre>
 *
 * Each client connects, sends, ends its side, reads to the end and starts again. A client is a
 * platform thread, because connecting to a UNIX socket whose queue is full must wait, which the JDK
 * does not do on virtual ones.
 *
 * <p>Usage: Load USER SECONDS ROUNDS CLIENTS,CLIENTS… NAME=PID=SOCKET…
 */
final class Load {
  /** proc(5): the unit of CPU times in {@code stat}, on every Linux of today. */
  private static final long TICK_MICROS = 10_000;

  /** So that a round is not about a compiler, here or there. */
  private static final int WARM_UP_SECONDS = 4;

  private final byte[] request;

  private Load(String user) {
    request = ("SMTP " + user).getBytes(UTF_8);
  }

  record Server(String name, long pid, UnixDomainSocketAddress address) {
    static Server parse(String argument) {
      String[] parts = argument.split("=", 3);
      return new Server(
          parts[0], Long.parseLong(parts[1]), UnixDomainSocketAddress.of(parts[2]));
    }

    long cpuMicros() throws IOException {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
    }
  }

  /** What one client saw: the microseconds of each request answered, and how many were not. */
  record Seen(long[] micros, int failed) {}

  public static void main(String[] arguments) throws Exception {
    Load load = new Load(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int[] clients = Arrays.stream(arguments[3].split(",")).mapToInt(Integer::parseInt).toArray();
    List<Server> servers = Arrays.stream(arguments).skip(4).map(Server::parse).toList();
    for (Server server : servers) {
      load.turn(server, 16, WARM_UP_SECONDS);
    }
    for (int round = 0; round < rounds; round++) {
      for (int count : clients) {
        for (Server server : servers) {
          System.out.println(load.turn(server, count, seconds));
        }
      }
    }
  }

  private String turn(Server server, int clients, int seconds) throws Exception {
    long cpu = server.cpuMicros();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Seen> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      Callable<Seen> client = () -> client(server.address(), end);
      for (Future<Seen> future : threads.invokeAll(java.util.Collections.nCopies(clients, client))) {
        seen.add(future.get());
      }
    }
    long[] micros = seen.stream().flatMapToLong(s -> LongStream.of(s.micros())).sorted().toArray();
    int failed = seen.stream().mapToInt(Seen::failed).sum();
    return "%s %d %d %d %.1f %d %d"
        .formatted(
            server.name(),
            clients,
            micros.length,
            failed,
            (server.cpuMicros() - cpu) / (double) micros.length,
            micros[micros.length / 2],
            micros[(int) (micros.length * 0.99)]);
  }

  private Seen client(UnixDomainSocketAddress address, long end) {
    long[] micros = new long[1024];
    int count = 0;
    int failed = 0;
    ByteBuffer answer = ByteBuffer.allocateDirect(32 << 10);
    ByteBuffer question = ByteBuffer.allocateDirect(request.length).put(request).flip();
    for (long start = System.nanoTime(); start - end < 0; start = System.nanoTime()) {
      if (!ask(address, question.rewind(), answer.clear())) {
        failed++;
        continue;
      }
      if (count == micros.length) {
        micros = Arrays.copyOf(micros, 2 * count);
      }
      micros[count++] = (System.nanoTime() - start) / 1000;
    }
    return new Seen(Arrays.copyOf(micros, count), failed);
  }

  /** Whether a whole credential came back. */
  private static boolean ask(
      UnixDomainSocketAddress address, ByteBuffer question, ByteBuffer answer) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      channel.write(question);
      channel.shutdownOutput();
      while (channel.read(answer) >= 0) {}
      int length = answer.position();
      return length > 20
          && answer.get(0) == 'u'
          && answer.get(length - 1) == 1
          && answer.get(length - 2) == 1;
    } catch (IOException refused) {
      return false;
    }
  }
}
