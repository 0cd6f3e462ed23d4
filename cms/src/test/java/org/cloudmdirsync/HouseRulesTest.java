package org.cloudmdirsync;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cloudmdirsync.secret.Secret;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The house's arrows and manners. To open a new door between rooms, edit one visible line of {@link
 * #DOORS}.
 */
class HouseRulesTest {
  private static final String BASE = "org.cloudmdirsync.";

  /** Which rooms a room may open; each opens only rooms that stand above it. */
  private static final Map<String, List<String>> DOORS =
      table(
          """
          dbus       :
          secret     : dbus
          tls        :
          version    :
          log        :
          json       :
          http       : json secret tls
          oauth      : http secret
          sasl       : secret
          provider   : oauth sasl
          account    : oauth provider secret
          unix       :
          credential : sasl secret unix
          control    : json unix
          dialogue   : tls
          smtp       : dialogue sasl secret tls
          imap       : dialogue sasl secret tls
          client     : credential dialogue sasl smtp imap secret tls version
          web        : account provider
          config     : account provider oauth sasl secret unix
          simulator  :
          event      : account control provider unix web
          audit      : account credential event log unix
          doctor     : account credential dialogue http imap json oauth provider secret smtp tls
          demo       : dialogue secret simulator smtp tls
          command    : account config control demo dialogue doctor http oauth provider secret simulator version web
          app        : account audit command config control credential event http log oauth provider sasl secret tls unix web
          """);

  /** Only these put a secret on the wire, on disk or on standard output. */
  private static final String[] MAY_EXPOSE =
      packages("secret", "oauth", "http", "sasl", "credential", "smtp", "imap", "client");

  private static final int LONGEST_FILE_LINES = 500;

  private static final JavaClasses PRODUCT =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  static Stream<String> rooms() {
    return PRODUCT.stream().map(type -> room(type.getPackage())).distinct();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void opensOnlyItsDoors(String room) {
    assertThat(DOORS).as("every room has its line").containsKey(room);
    Set<String> open = new TreeSet<>(DOORS.get(room));
    open.add(room);
    noClasses()
        .that(resideInAPackage(BASE + room))
        .should()
        .dependOnClassesThat(
            describe(
                "are ours, and not in " + open,
                type ->
                    type.getPackageName().startsWith(BASE)
                        && !open.contains(room(type.getPackage()))))
        .check(PRODUCT);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void saysWhatItIs(String room) {
    JavaPackage opened = PRODUCT.getPackage(BASE + room);
    assertThat(opened.isAnnotatedWith(NullMarked.class))
        .as("%s has a package-info with @NullMarked", room)
        .isTrue();
  }

  @Test
  void doorsPointUpward() {
    Set<String> above = new TreeSet<>();
    DOORS.forEach((room, doors) -> {
      assertThat(above).as("stands above %s", room).containsAll(doors);
      above.add(room);
    });
  }

  @Test
  void secretsAreExposedWhereTheyLeaveTheProgramAndNowhereElse() {
    noClasses()
        .that()
        .resideOutsideOfPackages(MAY_EXPOSE)
        .should()
        .accessTargetWhere(aSecrets("expose"))
        .check(PRODUCT);
  }

  @Test
  void secretsArePrintedForWhoAsksForThem() {
    noClasses()
        .that()
        .doNotHaveSimpleName("ExportCommand")
        .should()
        .accessTargetWhere(aSecrets("printTo"))
        .check(PRODUCT);
  }

  /** A call, or a reference to the method. */
  private static DescribedPredicate<JavaAccess<?>> aSecrets(String method) {
    return describe(
        "a secret's " + method,
        access ->
            access.getTargetOwner().isEquivalentTo(Secret.class)
                && access.getName().equals(method));
  }

  /** Its classes take as long as the rest of a daemon's start, which does without them. */
  @Test
  void picocliIsTheCommandLinesAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "command")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(PRODUCT);
  }

  @Test
  void namesAreNounsOfTheTrade() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Common)")
        .check(PRODUCT);
  }

  @Test
  void nothingOfTheProductLiesOutsideTheRooms() {
    classes()
        .should()
        .resideInAnyPackage(packages(DOORS.keySet().toArray(String[]::new)))
        .check(PRODUCT);
  }

  @Test
  void aFileIsReadInASitting() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .allSatisfy(
              file -> assertThat(Files.readAllLines(file)).hasSizeLessThan(LONGEST_FILE_LINES));
    }
  }

  private static String room(JavaPackage opened) {
    return opened.getName().substring(BASE.length());
  }

  private static String[] packages(String... rooms) {
    return Stream.of(rooms).map(BASE::concat).toArray(String[]::new);
  }

  private static Map<String, List<String>> table(String text) {
    return text.lines()
        .map(line -> line.split(":", -1))
        .collect(
            toMap(
                row -> row[0].strip(),
                row -> Stream.of(row[1].split(" ")).filter(room -> !room.isEmpty()).toList(),
                (first, second) -> first,
                LinkedHashMap::new));
  }
}
