package org.cloudmdirsync.web;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.SignInResult;

/** A web server without accounts, in a process of its own. */
final class WebServerProcess {
  private WebServerProcess() {}

  /** Returns when it listens. */
  static Process start(int port) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                java, "-cp", classes, WebServerProcess.class.getName(), Integer.toString(port))
            .redirectErrorStream(true)
            .start();
    if (process.getInputStream().read() != '.') {
      throw new IOException("the web server did not start");
    }
    return process;
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    WebServer server =
        new WebServer(
            new PageSource(
                List::of,
                List::of,
                user -> new BeginResult.UnknownUser(),
                callback -> new SignInResult.UnknownState("a test"),
                pasted -> new SignInResult.UnknownState("a test"),
                user -> Set.of(),
                user -> new DeviceResult.UnknownUser()),
            new Changes());
    server.listen(URI.create("http://127.0.0.1:" + arguments[0] + "/"));
    System.out.println(".");
    Thread.currentThread().join();
  }
}
