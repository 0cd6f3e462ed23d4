package org.cloudmdirsync.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cloudmdirsync.credential.CredentialAnswer.Ready;
import org.cloudmdirsync.credential.CredentialReply;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.credential.CredentialServer;
import org.cloudmdirsync.secret.Secret;

/** Our socket with the answers written down: a token for ann, and refusals by their names. */
final class AnsweringDaemon implements AutoCloseable {
  /** What was asked so far. */
  final List<CredentialRequest> requests = Collections.synchronizedList(new ArrayList<>());

  final Path socket;
  private final Secret token;
  private final CredentialServer server;

  AnsweringDaemon(Path directory, String token) throws IOException {
    this.socket = directory.resolve("cms.sock");
    this.token = Secret.of(token);
    this.server = CredentialServer.open(socket, 0600, (_, request) -> new Ready(answer(request)));
  }

  private CredentialReply answer(CredentialRequest request) {
    requests.add(request);
    String name = request.user().substring(0, request.user().indexOf('@'));
    return switch (name) {
      case "ann" -> new Credential("ann@d.com", token, OptionalLong.of(1_790_000_000));
      case "real" -> new Credential("alias@d.com", token, OptionalLong.empty());
      default -> new Refusal(Kind.valueOf(name), "the reason", Optional.of("http://localhost/"));
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
