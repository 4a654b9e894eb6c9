package io.jkube.registry.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import io.jkube.registry.structural.Structural;
import java.util.HashMap;
import java.util.Map;

/** Knows which variables expressions may use, and of what type they are. */
public final class CelEnvironment {
  private final CelCompiler compiler;
  private final Map<String, Structural> schemas;

  private CelEnvironment(CelCompiler compiler, Map<String, Structural> schemas) {
    this.compiler = compiler;
    this.schemas = Map.copyOf(schemas);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads an expression.
   *
   * @throws CelProblem COMPILATION, in upstream's words
   */
  public CelProgram compile(String expression, ResultType wanted) {
    var read = compiler.compile(expression);
    if (read.hasError()) {
      throw problem("compilation failed: " + read.getErrorString());
    }
    try {
      var tree = read.getAst();
      check(tree, wanted);
      return new CelProgram(Language.runtime().createProgram(tree), tree, schemas);
    } catch (CelValidationException | CelEvaluationException unusable) {
      throw problem("compilation failed: " + unusable.getMessage());
    }
  }

  private static void check(CelAbstractSyntaxTree tree, ResultType wanted) {
    var type = tree.getResultType();
    boolean fits =
        switch (wanted) {
          case BOOL -> type.equals(SimpleType.BOOL) || type.equals(SimpleType.DYN);
          case STRING -> type.equals(SimpleType.STRING) || type.equals(SimpleType.DYN);
          case ANY -> true;
        };
    if (!fits) {
      throw problem("must evaluate to " + (wanted == ResultType.BOOL ? "bool" : "string"));
    }
  }

  private static CelProblem problem(String message) {
    return new CelProblem(CelProblem.Kind.COMPILATION, message);
  }

  /** Collects variables. */
  public static final class Builder {
    private final Map<String, CelType> variables = new HashMap<>();
    private final Map<String, Structural> schemas = new HashMap<>();
    private final SchemaTypes types = new SchemaTypes();

    /** One of any type. */
    public Builder variable(String name) {
      variables.put(name, SimpleType.DYN);
      return this;
    }

    /**
     * One that a schema describes.
     *
     * @param whole whether it is an object with apiVersion, kind and metadata
     */
    public Builder variable(String name, Structural schema, boolean whole) {
      schemas.put(name, schema);
      variables.put(name, types.add("^" + name, schema, whole));
      return this;
    }

    /** As {@link #variable(String, Structural, boolean)}, for a value that may be absent. */
    public Builder optional(String name, Structural schema, boolean whole) {
      variable(name, schema, whole);
      variables.put(name, OptionalType.create(variables.get(name)));
      return this;
    }

    public CelEnvironment build() {
      var compiler = Language.compiler().setTypeProvider(types);
      variables.forEach(compiler::addVar);
      return new CelEnvironment(compiler.build(), schemas);
    }
  }
}
