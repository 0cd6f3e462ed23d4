package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  private static final String USER = "ann@example.com";

  @TempDir Path directory;

  /** What root writes there is root's, and its owner's daemon could not read it. */
  @Test
  void whatIsAnothersIsLeftAlone() throws IOException {
    Path state = anothers();
    Path file = configuration(state);
    assertThat(StateDirectory.otherOwner(state)).contains("nobody");
    assertThat(run("export", "--yes", "-c", file.toString(), USER)).isEqualTo(77);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void oursIsNobodyElses() throws IOException {
    assertThat(StateDirectory.otherOwner(directory)).isEmpty();
    assertThat(StateDirectory.otherOwner(directory.resolve("missing"))).isEmpty();
  }

  private Path anothers() throws IOException {
    Path state = Files.createDirectory(directory.resolve("state"));
    UserPrincipal nobody =
        state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give it away");
    return Files.setOwner(state, nobody);
  }

  private Path configuration(Path state) throws IOException {
    return Files.writeString(
        directory.resolve("cms.cfg"),
        """
        ann = Office365_Account(user="%s")
        CredentialServer("/s", accounts=[ann])
        cfg.state_dir = "%s"
        """
            .formatted(USER, state));
  }

  private static int run(String... arguments) {
    return RootCommand.execute(RootCommand.commandLine(_ -> 0), arguments);
  }
}
