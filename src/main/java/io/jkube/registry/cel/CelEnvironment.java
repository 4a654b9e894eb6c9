package io.jkube.registry.cel;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import io.jkube.registry.cel.function.AuthorizerFunctions;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.SchemaSource;
import io.jkube.registry.structural.Structural;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Knows which variables expressions may use, and of what type they are. */
public final class CelEnvironment {
  /** The variable whose value is an {@link io.jkube.registry.cel.function.Authority}. */
  public static final String AUTHORIZER = "authorizer";

  /** The variable that asks for what the request is about. */
  public static final String REQUEST_RESOURCE = "authorizer.requestResource";

  private final CelCompiler compiler;
  private final CelTypeProvider types;
  private final Map<String, Structural> schemas;
  private final Set<String> plain;

  private CelEnvironment(
      CelCompiler compiler,
      CelTypeProvider types,
      Map<String, Structural> schemas,
      Set<String> plain) {
    this.compiler = compiler;
    this.types = types;
    this.schemas = Map.copyOf(schemas);
    this.plain = Set.copyOf(plain);
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
    return switch (wanted) {
      case BOOL -> compile(compiler, expression, "bool", SimpleType.BOOL::equals);
      case STRING -> compile(compiler, expression, "string", SimpleType.STRING::equals);
      case OPTIONAL_STRING ->
          compile(compiler, expression, "one of [string null_type]", CelEnvironment::isTextOrNull);
      case ANY -> compile(compiler, expression, "any", type -> true);
      case APPLY_CONFIGURATION ->
          compile(builders(expression), expression, BuiltTypes.OBJECT, CelEnvironment::isObject);
      case JSON_PATCH ->
          compile(
              builders(expression),
              expression,
              "list(" + BuiltTypes.PATCH + ")",
              CelEnvironment::isPatchList);
    };
  }

  private CelProgram compile(
      CelCompiler compiler, String expression, String words, Predicate<CelType> fits) {
    var read = compiler.compile(expression);
    if (read.hasError()) {
      throw problem("compilation failed: " + read.getErrorString());
    }
    try {
      var tree = read.getAst();
      if (!fits.test(tree.getResultType())) {
        throw problem("must evaluate to " + words);
      }
      var program = Language.runtime().createProgram(BuiltTypes.asMaps(tree));
      return new CelProgram(program, tree, schemas, plain);
    } catch (CelValidationException | CelEvaluationException unusable) {
      throw problem("compilation failed: " + unusable.getMessage());
    }
  }

  /** As this one, for an expression that builds objects. */
  private CelCompiler builders(String expression) {
    var parsed = compiler.parse(expression);
    try {
      return parsed.hasError()
          ? compiler
          : compiler
              .toCompilerBuilder()
              .setTypeProvider(BuiltTypes.in(parsed.getAst(), types))
              .build();
    } catch (CelValidationException unusable) {
      throw problem("compilation failed: " + unusable.getMessage());
    }
  }

  private static boolean isTextOrNull(CelType type) {
    return type.equals(SimpleType.STRING) || type.equals(SimpleType.NULL_TYPE);
  }

  private static boolean isObject(CelType type) {
    return type.kind() == CelKind.STRUCT && type.name().equals(BuiltTypes.OBJECT);
  }

  private static boolean isPatchList(CelType type) {
    return type instanceof ListType list && list.elemType().name().equals(BuiltTypes.PATCH);
  }

  private static CelProblem problem(String message) {
    return new CelProblem(CelProblem.Kind.COMPILATION, message);
  }

  /** Collects variables. */
  public static final class Builder {
    private final Map<String, CelType> variables = new HashMap<>();
    private final Map<String, Structural> schemas = new HashMap<>();
    private final Set<String> plain = new HashSet<>();
    private final SchemaTypes types = new SchemaTypes();
    private final KindTypes kinds = new KindTypes(types);

    /** One of any type. */
    public Builder variable(String name) {
      variables.put(name, SimpleType.DYN);
      return this;
    }

    /** {@link #AUTHORIZER} and {@link #REQUEST_RESOURCE}. */
    public Builder authorizer() {
      variables.put(AUTHORIZER, AuthorizerFunctions.type());
      variables.put(REQUEST_RESOURCE, AuthorizerFunctions.resourceType());
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

    /** One that a schema describes whose fields keep their names, reserved words or not. */
    public Builder plain(String name, Structural schema) {
      plain.add(name);
      schemas.put(name, schema);
      variables.put(name, types.plain("^" + name, schema));
      return this;
    }

    /**
     * One whose fields are what programs come to.
     *
     * @param fields by name
     */
    public Builder results(String name, Map<String, CelProgram> fields) {
      var known = new HashMap<String, CelType>();
      fields.forEach((field, program) -> known.put(field, program.type()));
      variables.put(name, types.struct("^" + name, known));
      return this;
    }

    /** One that is an object of a kind: for what is only read, as its values are taken untyped. */
    public Builder variable(String name, Schema kind, SchemaSource schemas) {
      variables.put(name, kinds.add("^" + name, kind, schemas));
      return this;
    }

    /** As {@link #variable(String, Structural, boolean)}, for a value that may be absent. */
    public Builder optional(String name, Structural schema, boolean whole) {
      variable(name, schema, whole);
      variables.put(name, OptionalType.create(variables.get(name)));
      return this;
    }

    public CelEnvironment build() {
      var compiler = Language.compiler().setTypeProvider(kinds);
      variables.forEach(compiler::addVar);
      return new CelEnvironment(compiler.build(), kinds, schemas, plain);
    }
  }
}
