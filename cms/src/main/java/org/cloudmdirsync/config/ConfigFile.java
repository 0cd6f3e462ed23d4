package org.cloudmdirsync.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code cms.cfg}, and {@code registrations.cfg} beside it or in the user's configuration.
 */
public final class ConfigFile {
  /** No hand writes more; it bounds everything that comes after. */
  private static final long LARGEST_BYTES = 1 << 20;

  private static final Path HERE = Path.of("cms.cfg");
  private static final String REGISTRATIONS = "registrations.cfg";

  private ConfigFile() {}

  /**
   * The file to read when none is named: {@code cms.cfg} in the current directory, else in the
   * user's configuration. Where there is neither, the first, for the error to name.
   *
   * @param environment for {@code HOME} and the XDG directories
   */
  public static Path usual(Map<String, String> environment) {
    Path home = home(environment).resolve(HERE);
    return Files.exists(HERE) || !Files.exists(home) ? HERE : home;
  }

  /** The user's directory for configurations. */
  public static Path home(Map<String, String> environment) {
    return new Directories(environment).config();
  }

  /**
   * Reads and checks a configuration. Nothing outside of the two files is opened, and nothing in
   * them can run code on the machine.
   *
   * @param environment for {@code HOME} and the XDG directories
   */
  public static ConfigResult load(Path file, Map<String, String> environment) {
    Directories directories = new Directories(environment);
    try {
      Source source = read(file);
      Optional<Path> registrations = registrations(file, directories);
      return load(
          source,
          registrations.isPresent() ? Optional.of(read(registrations.get())) : Optional.empty(),
          directories);
    } catch (Unreadable unreadable) {
      return new ConfigResult.Invalid(List.of(unreadable.error()));
    }
  }

  static ConfigResult load(Source source, Optional<Source> registrations, Directories directories) {
    Declarations declarations = new Declarations(directories);
    Source running = source;
    try {
      if (registrations.isPresent()) {
        running = registrations.get();
        declarations.runRegistrations(running);
      }
      running = source;
      declarations.run(source);
      return Assembly.of(declarations);
    } catch (Rejected rejected) {
      return new ConfigResult.Invalid(List.of(rejected.error(running)));
    }
  }

  private static Optional<Path> registrations(Path file, Directories directories) {
    return Stream.of(
            file.toAbsolutePath().resolveSibling(REGISTRATIONS),
            directories.config().resolve(REGISTRATIONS))
        .filter(Files::exists)
        .findFirst();
  }

  private static Source read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new Unreadable(file, "this is a directory; name the file in it");
      } else if (Files.size(file) > LARGEST_BYTES) {
        throw new Unreadable(file, "the file is larger than a megabyte; is it a configuration?");
      }
      return new Source(file.toString(), decoded(file, Files.readAllBytes(file)));
    } catch (NoSuchFileException missing) {
      throw new Unreadable(file, "there is no such file; name another with -c FILE");
    } catch (AccessDeniedException denied) {
      throw new Unreadable(file, "the file may not be read; see its permissions");
    } catch (IOException failed) {
      throw new Unreadable(file, "the file cannot be read: " + failed.getMessage());
    }
  }

  private static String decoded(Path file, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException malformed) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new Unreadable(file, "line " + line + " is not UTF-8; save the file as UTF-8");
    }
  }

  /** A file that cannot be had. */
  private static final class Unreadable extends RuntimeException {
    private final transient ConfigError error;

    Unreadable(Path file, String reason) {
      super(reason, null, false, false);
      this.error = ConfigError.of(file.toString(), reason);
    }

    ConfigError error() {
      return error;
    }
  }
}
