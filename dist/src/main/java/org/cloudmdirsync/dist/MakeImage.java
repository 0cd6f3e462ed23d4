package org.cloudmdirsync.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The build's last step: from jars to programs. */
final class MakeImage {
  private MakeImage() {}

  /**
   * Makes {@code TARGET/cms} from the jars on our own class path.
   *
   * @param arguments the target directory, then the native client's path if there is one
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path target = Path.of(arguments[0]);
    List<Path> jars = productJars();
    Image image = Image.in(target);
    // What is not in a cache would have to be inflated at every start.
    JdkRuntime.link(JdkRuntime.modulesOf(jars), "zip-0", image.directory());
    image.add(jars);
    image.addClient(Optional.of(Path.of(arguments[1])).filter(Files::exists));
    Training training = new Training(image);
    training.client(Program.client(jars));
    training.daemon(Program.daemon(jars));
    Current.replace(target.resolve("cms"), image.directory());
    Current.deleteOld(target);
  }

  /** What the product needs at run time, ours first; our own classes are a directory. */
  static List<Path> productJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .toList();
  }
}
