package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.cloudmdirsync.provider.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by a code that is typed on another device, at the simulator's providers. */
final class DeviceSignInTest {
  @TempDir Path temporary;
  private Cloud cloud;

  @BeforeEach
  void open() throws IOException {
    cloud = new Cloud(temporary.resolve("cms"));
  }

  @AfterEach
  void close() throws IOException {
    cloud.close();
  }

  @Test
  void theCodeIsTypedAndTheAccountIsReady() throws Exception {
    TokenKeeper keeper = cloud.keeper(cloud.microsoft());
    DeviceSignIn signIn = begin(keeper);

    assertThat(signIn.verificationUri().getPath()).isEqualTo("/common/oauth2/deviceauth");
    assertThat(signIn.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(signIn.poll()).isEmpty();
    cloud.type(signIn, Cloud.USER, "allow");
    assertThat(signIn.poll()).contains(new SignInResult.SignedIn(Cloud.USER));
    assertThat(keeper.token(Protocol.SMTP, Duration.ZERO)).isInstanceOf(TokenAnswer.Token.class);
    assertThat(keeper.hasRefreshToken()).isTrue();
  }

  private DeviceSignIn begin(TokenKeeper keeper) {
    DeviceResult result = cloud.signIns(keeper).device(Cloud.USER);
    assertThat(result).isInstanceOf(DeviceResult.Begun.class);
    return Optional.of(result)
        .map(DeviceResult.Begun.class::cast)
        .map(DeviceResult.Begun::signIn)
        .orElseThrow();
  }
}
