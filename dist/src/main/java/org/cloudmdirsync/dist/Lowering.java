package org.cloudmdirsync.dist;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces what javac leaves to the JVM, a switch over types and the methods of a record, by plain
 * code of the same meaning.
 *
 * <p>The JVM makes a class for each when it is first reached, and its caches cannot keep them
 * (those of lambdas and string concatenations they can). In a daemon that is a tenth of the
 * processor time of a start.
 */
final class Lowering {
  private final ClassModel model;
  private final List<TypeSwitch> switches = new ArrayList<>();

  private Lowering(ClassModel model) {
    this.model = model;
  }

  /** The class with the same behaviour; other classes are looked up on our own class path. */
  static byte[] lowered(byte[] bytes) {
    ClassFile format = ClassFile.of();
    ClassModel model = format.parse(bytes);
    Lowering lowering = new Lowering(model);
    return format.transformClass(
        model,
        ClassTransform.transformingMethodBodies(lowering::lower)
            .andThen(
                ClassTransform.endHandler(
                    builder -> lowering.switches.forEach(each -> each.addTo(builder)))));
  }

  private void lower(CodeBuilder code, CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call) || !lower(code, call)) {
      code.with(element);
    }
  }

  /** Whether it was replaced. */
  private boolean lower(CodeBuilder code, InvokeDynamicInstruction call) {
    String bootstrap =
        call.invokedynamic().bootstrap().bootstrapMethod().reference().owner().asInternalName();
    return switch (bootstrap) {
      case "java/lang/runtime/SwitchBootstraps" -> lowerSwitch(code, call);
      case "java/lang/runtime/ObjectMethods" -> {
        RecordMethods.of(model.thisClass().asSymbol(), call).write(code, call);
        yield true;
      }
      default -> false;
    };
  }

  private boolean lowerSwitch(CodeBuilder code, InvokeDynamicInstruction call) {
    Optional<TypeSwitch> lowered = TypeSwitch.of(call, switches.size());
    lowered.ifPresent(each -> {
      switches.add(each);
      code.invokestatic(
          model.thisClass().asSymbol(),
          each.name(),
          each.type(),
          model.flags().has(AccessFlag.INTERFACE));
    });
    return lowered.isPresent();
  }
}
