package io.jkube.registry.cel.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects functions: what the checker is told of them, and what they do. */
public final class FunctionTable {
  static final CelType T = TypeParamType.create("T");
  static final CelType LIST_OF_T = ListType.create(T);

  private final Map<CelType, Class<?>> opaque = new HashMap<>();
  private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
  private final Map<String, List<CelFunctionBinding>> bindings = new LinkedHashMap<>();
  private int overloads;

  /** What a function does; what it throws is what the expression fails with. */
  @FunctionalInterface
  interface Body {
    Object apply(Object[] arguments);
  }

  /** A type of its own, and the class of its values. */
  CelType type(String name, Class<?> values) {
    var type = OpaqueType.create(name);
    opaque.put(type, values);
    return type;
  }

  /** {@code name(a, b)}. */
  FunctionTable global(String name, CelType result, Body body, CelType... parameters) {
    var id = id(name);
    return add(name, CelOverloadDecl.newGlobalOverload(id, result, parameters), body);
  }

  /** {@code a.name(b)}: the first parameter stands before the dot. */
  FunctionTable member(String name, CelType result, Body body, CelType... parameters) {
    var id = id(name);
    return add(name, CelOverloadDecl.newMemberOverload(id, result, parameters), body);
  }

  private String id(String name) {
    return "kubernetes_" + name.replace('.', '_') + "_" + overloads++;
  }

  private FunctionTable add(String name, CelOverloadDecl overload, Body body) {
    var classes = new ArrayList<Class<?>>();
    overload.parameterTypes().forEach(type -> classes.add(classOf(type)));
    declarations.computeIfAbsent(name, any -> new ArrayList<>()).add(overload);
    bindings
        .computeIfAbsent(name, any -> new ArrayList<>())
        .add(CelFunctionBinding.from(overload.overloadId(), classes, each -> call(body, each)));
    return this;
  }

  private static Object call(Body body, Object[] arguments) throws CelEvaluationException {
    try {
      return body.apply(arguments);
    } catch (RuntimeException unfit) {
      throw new CelEvaluationException(String.valueOf(unfit.getMessage()), unfit);
    }
  }

  private Class<?> classOf(CelType type) {
    if (opaque.containsKey(type)) {
      return opaque.get(type);
    }
    if (type instanceof ListType) {
      return List.class;
    }
    return switch (type) {
      case SimpleType simple when simple.equals(SimpleType.STRING) -> String.class;
      case SimpleType simple when simple.equals(SimpleType.INT) -> Long.class;
      case SimpleType simple when simple.equals(SimpleType.BOOL) -> Boolean.class;
      case CelType any -> Object.class;
    };
  }

  /** For the checker. */
  public List<CelFunctionDecl> declarations() {
    var all = new ArrayList<CelFunctionDecl>();
    declarations.forEach(
        (name, each) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, each)));
    return all;
  }

  /** For the runtime. */
  public List<CelFunctionBinding> bindings() {
    var all = new ArrayList<CelFunctionBinding>();
    bindings.forEach((name, each) -> all.addAll(CelFunctionBinding.fromOverloads(name, each)));
    return all;
  }
}
