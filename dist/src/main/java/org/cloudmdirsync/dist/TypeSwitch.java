package org.cloudmdirsync.dist;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code SwitchBootstraps.typeSwitch} does, as a method: which label a value matches.
 *
 * @param type takes the value, and the label to start at
 * @param labels one type each
 */
record TypeSwitch(String name, MethodTypeDesc type, List<ClassDesc> labels) {
  private static final int FLAGS =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  /** Empty for a switch that has strings, numbers or constants of an enum among its labels. */
  static Optional<TypeSwitch> of(InvokeDynamicInstruction call, int number) {
    List<ClassDesc> labels = new ArrayList<>();
    for (LoadableConstantEntry label : call.invokedynamic().bootstrap().arguments()) {
      if (!(label instanceof ClassEntry type)) {
        return Optional.empty();
      }
      labels.add(type.asSymbol());
    }
    return Optional.of(new TypeSwitch("typeSwitch$" + number, call.typeSymbol(), labels));
  }

  void addTo(ClassBuilder builder) {
    builder.withMethodBody(name, type, FLAGS, this::write);
  }

  private void write(CodeBuilder code) {
    code.aload(0).ifThen(Opcode.IFNULL, isNull -> isNull.iconst_m1().ireturn());
    for (int at = 0; at < labels.size(); at++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(at).if_icmpgt(next);
      code.aload(0).instanceOf(labels.get(at)).ifeq(next);
      code.loadConstant(at).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }
}
