package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.sasl.OauthBearer;
import org.cloudmdirsync.sasl.Xoauth2;
import org.cloudmdirsync.secret.Secret;

/** The forms a credential can be printed in. */
public enum Output {
  /** The XOAUTH2 message as it is, separators included. */
  XOAUTH2("xoauth2"),
  XOAUTH2_B64("xoauth2-b64"),
  /** The bare access token. */
  TOKEN("token"),
  /** The OAUTHBEARER message as it is, without host and port, which are not known here. */
  OAUTHBEARER("oauthbearer"),
  OAUTHBEARER_B64("oauthbearer-b64");

  private final String word;

  Output(String word) {
    this.word = word;
  }

  /** The value of {@code --output}. */
  public String word() {
    return word;
  }

  /** The credential in this form, without a newline. */
  byte[] write(Credential credential) {
    Secret text =
        switch (this) {
          case XOAUTH2, XOAUTH2_B64 ->
              Xoauth2.message(credential.saslUser(), credential.accessToken());
          case OAUTHBEARER, OAUTHBEARER_B64 ->
              OauthBearer.message(credential.saslUser(), credential.accessToken());
          case TOKEN -> credential.accessToken();
        };
    byte[] bytes = text.expose().getBytes(UTF_8);
    return switch (this) {
      case XOAUTH2_B64, OAUTHBEARER_B64 -> Base64.getEncoder().encode(bytes);
      case XOAUTH2, OAUTHBEARER, TOKEN -> bytes;
    };
  }
}
