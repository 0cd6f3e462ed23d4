package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the image that packages carry: small, and with nothing in it of the run that made it. */
final class MakePackageImage {
  private MakePackageImage() {}

  /**
   * Makes an image from the jars on our own class path.
   *
   * @param arguments its directory, which must not exist; the native client; the list of classes
   *     for the archive, recorded anew if it is missing; the time that all files shall bear
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Image image = new Image(Path.of(arguments[0]));
    Path classes = Path.of(arguments[2]);
    List<Path> jars = MakeImage.productJars();
    JdkRuntime.link(JdkRuntime.modulesOf(jars), "zip-6", image.directory());
    image.add(jars);
    for (Path jar : jars) {
      Licences.collect(jar, image.directory().resolve("legal"));
    }
    image.addClient(Optional.of(Path.of(arguments[1])).filter(Files::exists));
    Program daemon = Program.daemon(jars);
    Program client = Program.client(jars).onClassPathOf(daemon);
    image.write(client, client.packagedScript());
    if (!Files.exists(classes)) {
      record(image, daemon, classes);
    }
    ClassArchive.refuseStale(classes, jars.getFirst());
    image.setTimes(FileTime.from(Instant.parse(arguments[3])));
    ClassArchive.write(image, daemon, classes);
    image.write(daemon, daemon.packagedScript());
  }

  private static void record(Image image, Program daemon, Path classes)
      throws IOException, InterruptedException {
    Path recorded = Files.createTempFile("classes", ".list");
    new Training(image).classes(daemon, recorded);
    Files.write(classes, ClassArchive.essence(recorded));
    Files.delete(recorded);
  }
}
