package org.cloudmdirsync.audit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.unix.Peer;
import org.cloudmdirsync.unix.Program;

/**
 * One answer as the log has it: {@code name=value} words, in quotes where a value has more than
 * letters, digits and harmless signs in it. Their names are part of cloud-mdir-sync(1), so they
 * stay.
 */
record AuditLine(
    Path socket, Peer peer, Optional<String> program, CredentialRequest request, String outcome) {

  /** Looks at who asks, while that one still waits for the answer. */
  static AuditLine of(Path socket, Peer peer, CredentialRequest request, String outcome) {
    Optional<String> program =
        Program.file(peer.pid()).map(Path::toString).or(() -> Program.name(peer.pid()));
    return new AuditLine(socket, peer, program, request, outcome);
  }

  String first(UserNames names) {
    StringBuilder text = common(names);
    word(text, "pid", Integer.toString(peer.pid()));
    program.ifPresent(name -> word(text, "program", name));
    return text.toString();
  }

  String again(UserNames names, int times) {
    StringBuilder text = common(names);
    word(text, "again", Integer.toString(times));
    return text.toString();
  }

  LastAnswer lastAnswer(UserNames names, Instant at) {
    return new LastAnswer(at, names.name(peer.uid()), program, request.protocol(), outcome);
  }

  private StringBuilder common(UserNames names) {
    StringBuilder text = new StringBuilder("answered:");
    word(text, "outcome", outcome);
    word(text, "account", request.user());
    word(text, "protocol", request.protocol());
    word(text, "socket", socket.toString());
    word(text, "user", names.name(peer.uid()));
    word(text, "uid", Integer.toUnsignedString(peer.uid()));
    return text;
  }

  private static void word(StringBuilder text, String name, String value) {
    text.append(' ').append(name).append('=');
    boolean plain = !value.isEmpty() && value.chars().allMatch(AuditLine::isHarmless);
    if (plain) {
      text.append(value);
    } else {
      text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
  }

  private static boolean isHarmless(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || "@._+-~/%".indexOf(c) >= 0;
  }
}
