package org.cloudmdirsync.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The JVM judges: a class says the same whether lowered or not. */
class LoweringTest {
  @Test
  void changesNothingButTheCode() throws Exception {
    Class<?> lowered = new Lowered().loadClass(Speaker.class.getName());
    assertThat(lowered).isNotSameAs(Speaker.class);
    assertThat(((Supplier<?>) lowered.getDeclaredConstructor().newInstance()).get())
        .isEqualTo(new Speaker().get());
  }

  @Test
  void leavesNothingToTheJvm() throws IOException {
    for (Class<?> each : List.of(Speaker.class, Speaker.Many.class, Speaker.None.class)) {
      assertThat(text(bytes(each.getName()))).as("before").contains("java/lang/runtime/");
      assertThat(calls(Lowering.lowered(bytes(each.getName())))).as("after").isZero();
    }
  }

  /** Says what its records and switches do. */
  public static final class Speaker implements Supplier<List<String>> {
    sealed interface Shape {}

    record None() implements Shape {}

    record One(@Nullable Shape inner) implements Shape {}

    record Many(
        boolean a, byte b, char c, short d, int e, long f, float g, double h, @Nullable String i)
        implements Shape {}

    @Override
    public List<String> get() {
      List<Shape> shapes =
          List.of(
              new None(),
              new One(null),
              new One(new None()),
              new One(new One(null)),
              new Many(true, (byte) -1, 'x', (short) -2, 3, 4L, 0.0f, Double.NaN, null),
              new Many(true, (byte) -1, 'x', (short) -2, 3, 4L, -0.0f, Double.NaN, null),
              new Many(true, (byte) -1, 'x', (short) -2, 3, 4L, -0.0f, Double.NaN, "i"));
      List<String> said = new ArrayList<>();
      for (Shape shape : shapes) {
        said.add(shape + " " + shape.hashCode() + " " + kind(shape));
        for (Shape other : shapes) {
          said.add(String.valueOf(shape.equals(other)));
        }
      }
      said.add(kind(null));
      said.add(new Many(true, (byte) 1, 'x', (short) 2, 3, 4, 5, 6, "y").equals(copy()) + "");
      return said;
    }

    private static Many copy() {
      return new Many(true, (byte) 1, 'x', (short) 2, 3, 4, 5, 6, new String("y"));
    }

    private static String kind(@Nullable Shape shape) {
      return switch (shape) {
        case null -> "null";
        case One(One(Shape inner)) -> "one in one, and in it " + Objects.hashCode(inner);
        case One(None _) -> "none in one";
        case One one when one.inner() == null -> "one alone";
        case Many many when many.i() != null -> "many with " + many.i();
        case None _, Many _ -> "none or many";
        case One _ -> "another";
      };
    }
  }

  /** Loads the speaker and its records lowered, everything else as usual. */
  private static final class Lowered extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Speaker.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try {
        byte[] lowered = Lowering.lowered(bytes(name));
        return defineClass(name, lowered, 0, lowered.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static byte[] bytes(String name) throws IOException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = LoweringTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Calls that the JVM would have to make code for; the constants of old ones may stay behind. */
  private static long calls(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(InvokeDynamicInstruction.class::cast)
        .filter(call ->
            call.invokedynamic()
                .bootstrap()
                .bootstrapMethod()
                .reference()
                .owner()
                .asInternalName()
                .startsWith("java/lang/runtime/"))
        .count();
  }
}
