package com.cluedin.jobs.faults.breakpoint;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// Puts calls of the {@link Breakpoint} into the methods of a spot.
final class CallsBreakpoint implements ClassFileTransformer {

  private static final ClassDesc BREAKPOINT = ClassDesc.of(Breakpoint.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  private final Spot spot;

  CallsBreakpoint(Spot spot) {
    this.spot = spot;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null || name == null || !name.replace('/', '.').equals(spot.type())) {
      return null;
    }
    ClassFile classFile =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    return classFile.transformClass(
        classFile.parse(bytes),
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString(spot.method()),
            spot.side() == Spot.Side.ENTRY
                ? new AtEntry()
                : (CodeTransform) CallsBreakpoint::beforeReturn));
  }

  private static void beforeReturn(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      code.invokestatic(BREAKPOINT, "passed", NOTHING);
    }
    code.with(element);
  }

  private static final class AtEntry implements CodeTransform {

    @Override
    public void atStart(CodeBuilder code) {
      code.invokestatic(BREAKPOINT, "passed", NOTHING);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
