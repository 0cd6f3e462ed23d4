package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold for every mail program, in every {@link Condition}: it does its work, or it says
 * why not; no mail is lost, nothing hangs, no token is shown.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(DoorScene.Shared.class)
abstract class DoorSuite {
  /** Runs a mail program to its end. */
  interface Program {
    Run run(Visit visit) throws Exception;
  }

  /** What a program is to do, once: fetch the mail that waits, or send one with its own name. */
  enum Deed {
    READS,
    SENDS
  }

  /**
   * One deed of one program.
   *
   * @param refusals what it says (a regular expression) where it must fail
   * @param tells whether its exit status says that it failed
   */
  record Trial(
      String name, Deed deed, Program program, Map<Condition, String> refusals, boolean tells) {
    static Trial of(String name, Deed deed, String onRefusal, Program program) {
      Map<Condition, String> refusals = new EnumMap<>(Condition.class);
      refusals.put(Condition.BROKER_DOWN, "cms-oauth: no daemon answers on .*nobody.sock");
      refusals.put(Condition.SIGN_IN_NEEDED, "cms-oauth: .*sign in at http://127");
      refusals.put(Condition.PROVIDER_DOWN, "cms-oauth: .*localhost cannot be connected to");
      refusals.put(Condition.REFUSED, onRefusal);
      return new Trial(name, deed, program, refusals, true);
    }

    /** The same, but a program that says something else in this condition. */
    Trial saying(Condition condition, String words) {
      Map<Condition, String> changed = new EnumMap<>(refusals);
      changed.put(condition, words);
      return new Trial(name, deed, program, changed, tells);
    }

    /** The same, but a program that keeps what cms-oauth says to itself; its status is left. */
    Trial sayingStatusOnly(String format) {
      return saying(Condition.BROKER_DOWN, format.formatted(69))
          .saying(Condition.SIGN_IN_NEEDED, format.formatted(77))
          .saying(Condition.PROVIDER_DOWN, format.formatted(75));
    }

    /** The same, but for a person at a terminal, who sees what is wrong. */
    Trial interactive() {
      return new Trial(name, deed, program, refusals, false);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The programs of this family. */
  abstract Stream<Trial> trials();

  Stream<Arguments> cases() {
    return trials()
        .flatMap(trial ->
            Arrays.stream(Condition.values())
                .map(each -> argumentSet(trial + ", " + each, trial, each)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesItsWorkOrSaysWhyNot(
      Trial trial, Condition condition, DoorScene scene, @TempDir Path home) throws Exception {
    Visit visit = scene.visit(condition, home);
    Run run = trial.program().run(visit);
    String all = run.said() + scene.log();
    assertThat(done(trial, visit, run)).as(all).isEqualTo(!trial.refusals().containsKey(condition));
    if (trial.refusals().containsKey(condition)) {
      assertThat(run.out() + run.err()).as(all).containsPattern(trial.refusals().get(condition));
      assertThat(run.status() != 0 || !trial.tells()).as(all).isTrue();
    } else {
      assertThat(run.status()).as(all).isZero();
    }
    for (String secret : secrets(scene, condition)) {
      assertThat(run.out() + run.err()).doesNotContain(secret);
    }
  }

  /** The token, and what the server is sent, which is the token again. */
  private static List<String> secrets(DoorScene scene, Condition condition) throws Exception {
    String token = scene.token(condition);
    String sent = "user=%s\u0001auth=Bearer %s\u0001\u0001".formatted(condition.user(), token);
    String encoded = Base64.getEncoder().encodeToString(sent.getBytes(StandardCharsets.US_ASCII));
    return token.isEmpty() ? List.of() : List.of(token, encoded);
  }

  private static boolean done(Trial trial, Visit visit, Run run) throws Exception {
    return switch (trial.deed()) {
      case READS ->
          run.out().contains("This is what Bob wrote.") || visit.has("This is what Bob wrote.");
      case SENDS -> visit.scene().sent(visit.condition(), "Subject: " + trial.name()) == 1;
    };
  }
}
