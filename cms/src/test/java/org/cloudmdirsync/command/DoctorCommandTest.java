package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How it ends before there is anything to examine; {@code DoctorIT} has the rest. */
class DoctorCommandTest {
  private static final String ACCOUNT = "ann = Office365_Account(user=\"ann@example.com\")\n";

  @TempDir Path directory;

  @Test
  void aUserWhoIsNotConfiguredIsNoWrongUsage() throws IOException {
    String served = ACCOUNT + "CredentialServer(\"/s\", accounts=[ann])\n";
    assertThat(doctor(served, "bob@example.com")).isEqualTo(67);
  }

  @Test
  void anAccountThatNothingUsesIsAMatterOfConfiguration() throws IOException {
    assertThat(doctor(ACCOUNT, "--json")).isEqualTo(78);
    assertThat(doctor(ACCOUNT, "--json", "bob@example.com")).isEqualTo(78);
    Path bundle = directory.resolve("bundle.txt");
    assertThat(doctor(ACCOUNT, "--json", "--bundle=" + bundle)).isEqualTo(78);
    assertThat(bundle)
        .content()
        .contains("FAILED  configuration", "cms.cfg:1:7: nothing uses the account of user1@")
        .contains("there is no CredentialServer");
  }

  private int doctor(String configuration, String... arguments) throws IOException {
    Path file = Files.writeString(directory.resolve("cms.cfg"), configuration);
    String[] all = new String[arguments.length + 3];
    all[0] = "doctor";
    all[1] = "-c";
    all[2] = file.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return RootCommand.execute(RootCommand.commandLine(_ -> 0), all);
  }
}
