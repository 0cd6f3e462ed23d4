package org.cloudmdirsync.dist;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ObjectMethods} does for a record, in the place of its call: the arguments are on the
 * stack, and in the first local variables too.
 */
record RecordMethods(ClassDesc type, List<FieldRefEntry> components) {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");

  /** Its arguments are the record, the names of the components, and a getter for each. */
  static RecordMethods of(ClassDesc type, InvokeDynamicInstruction call) {
    List<LoadableConstantEntry> arguments = call.invokedynamic().bootstrap().arguments();
    List<FieldRefEntry> components = new ArrayList<>();
    for (LoadableConstantEntry getter : arguments.subList(2, arguments.size())) {
      components.add((FieldRefEntry) ((MethodHandleEntry) getter).reference());
    }
    return new RecordMethods(type, components);
  }

  void write(CodeBuilder code, InvokeDynamicInstruction call) {
    switch (call.name().stringValue()) {
      case "equals" -> writeEquals(code.pop2());
      case "hashCode" -> writeHashCode(code.pop());
      case "toString" -> writeToString(code.pop());
      default -> throw new IllegalStateException("a record has no method " + call.name());
    }
  }

  private void writeEquals(CodeBuilder code) {
    Label different = code.newLabel();
    Label end = code.newLabel();
    code.aload(1).instanceOf(type).ifeq(different);
    for (FieldRefEntry component : components) {
      ClassDesc kind = component.typeSymbol();
      get(code.aload(0), component);
      get(code.aload(1).checkcast(type), component);
      if (kind.isPrimitive()) {
        code.invokestatic(box(kind), "compare", MethodTypeDesc.of(CD_int, kind, kind));
        code.ifne(different);
      } else {
        code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object));
        code.ifeq(different);
      }
    }
    code.iconst_1().goto_(end).labelBinding(different).iconst_0().labelBinding(end);
  }

  private void writeHashCode(CodeBuilder code) {
    code.iconst_0();
    for (FieldRefEntry component : components) {
      ClassDesc kind = component.typeSymbol();
      get(code.bipush(31).imul().aload(0), component);
      if (kind.isPrimitive()) {
        code.invokestatic(box(kind), "hashCode", MethodTypeDesc.of(CD_int, kind));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
  }

  private void writeToString(CodeBuilder code) {
    String simpleName = type.displayName().substring(type.displayName().lastIndexOf('$') + 1);
    code.new_(BUILDER).dup().invokespecial(BUILDER, ConstantDescs.INIT_NAME, MTD_void);
    append(code.loadConstant(simpleName + "["), CD_String);
    String comma = "";
    for (FieldRefEntry component : components) {
      append(code.loadConstant(comma + component.name().stringValue() + "="), CD_String);
      comma = ", ";
      get(code.aload(0), component);
      append(code, printable(component.typeSymbol()));
    }
    append(code.loadConstant("]"), CD_String);
    code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String));
  }

  private void get(CodeBuilder code, FieldRefEntry component) {
    code.getfield(type, component.name().stringValue(), component.typeSymbol());
  }

  private static void append(CodeBuilder code, ClassDesc kind) {
    code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, kind));
  }

  /** What {@code StringBuilder.append} takes it as. */
  private static ClassDesc printable(ClassDesc kind) {
    if (!kind.isPrimitive()) {
      return CD_Object;
    }
    return switch (TypeKind.from(kind)) {
      case BYTE, SHORT -> CD_int;
      default -> kind;
    };
  }

  private static ClassDesc box(ClassDesc kind) {
    return switch (TypeKind.from(kind)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(kind.displayName());
    };
  }
}
