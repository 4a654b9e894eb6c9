package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a template over one object. One thread. */
final class Execution {
  private static final int DEEPEST_INVOCATION = 1000;

  private final Map<String, List<TemplateNode>> defined;
  private final Values values;
  private final StringBuilder out = new StringBuilder();
  private int depth;

  /** How a body ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  Execution(Map<String, List<TemplateNode>> defined, boolean missingAllowed) {
    this.defined = defined;
    this.values = new Values(missingAllowed);
  }

  String run(List<TemplateNode> body, JsonNode object) {
    run(body, object, new Scope(null, "$", object));
    return out.toString();
  }

  private Flow run(List<TemplateNode> body, JsonNode dot, Scope outer) {
    var scope = new Scope(outer);
    for (var node : body) {
      var flow = run(node, dot, scope);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow run(TemplateNode node, JsonNode dot, Scope scope) {
    return switch (node) {
      case TemplateNode.Text text -> {
        out.append(text.text());
        yield Flow.ON;
      }
      case TemplateNode.Action action -> {
        var value = evaluate(action.pipeline(), dot, scope);
        if (action.pipeline().variables().isEmpty()) {
          out.append(Values.text(value));
        }
        yield Flow.ON;
      }
      case TemplateNode.If branch -> {
        var inner = new Scope(scope);
        boolean holds = Values.isTrue(evaluate(branch.condition(), dot, inner));
        yield run(holds ? branch.then() : branch.otherwise(), dot, inner);
      }
      case TemplateNode.With with -> {
        var inner = new Scope(scope);
        var value = evaluate(with.value(), dot, inner);
        yield Values.isTrue(value)
            ? run(with.then(), value, inner)
            : run(with.otherwise(), dot, inner);
      }
      case TemplateNode.Range range -> range(range, dot, scope);
      case TemplateNode.Invoke invoke -> invoke(invoke, dot, scope);
      case TemplateNode.Break end -> Flow.BREAK;
      case TemplateNode.Continue next -> Flow.CONTINUE;
    };
  }

  private Flow range(TemplateNode.Range range, JsonNode dot, Scope scope) {
    var pipeline = range.values();
    var value = evaluate(new Operand.Pipeline(List.of(), false, pipeline.commands()), dot, scope);
    var entries = Values.entries(value);
    if (entries.isEmpty()) {
      return run(range.otherwise(), dot, scope);
    }
    for (var entry : entries) {
      var inner = new Scope(scope);
      var names = pipeline.variables();
      if (!names.isEmpty()) {
        inner.set(names.getLast(), entry.getValue(), pipeline.declares());
      }
      if (names.size() == 2) {
        inner.set(names.getFirst(), entry.getKey(), pipeline.declares());
      }
      if (run(range.body(), entry.getValue(), inner) == Flow.BREAK) {
        break;
      }
    }
    return Flow.ON;
  }

  private Flow invoke(TemplateNode.Invoke invoke, JsonNode dot, Scope scope) {
    var body = defined.get(invoke.name());
    if (body == null) {
      throw new TemplateException("template \"" + invoke.name() + "\" not defined");
    }
    if (++depth > DEEPEST_INVOCATION) {
      throw new TemplateException("exceeded maximum template depth (" + DEEPEST_INVOCATION + ")");
    }
    JsonNode argument =
        invoke.pipeline() == null
            ? MissingNode.getInstance()
            : evaluate(invoke.pipeline(), dot, scope);
    run(body, argument, new Scope(null, "$", argument));
    depth--;
    return Flow.ON;
  }

  private JsonNode evaluate(Operand.Pipeline pipeline, JsonNode dot, Scope scope) {
    JsonNode value = null;
    for (var command : pipeline.commands()) {
      value = command(command, value, dot, scope);
    }
    for (var name : pipeline.variables()) {
      scope.set(name, value, pipeline.declares());
    }
    return value;
  }

  /**
   * @param piped the value of the command before, or null
   */
  private JsonNode command(List<Operand> command, JsonNode piped, JsonNode dot, Scope scope) {
    var first = command.getFirst();
    if (first instanceof Operand.Function function) {
      return call(function.name(), command.subList(1, command.size()), piped, dot, scope);
    }
    if (command.size() > 1 || piped != null) {
      throw new TemplateException("can't give argument to non-function " + shown(first));
    }
    return operand(first, dot, scope);
  }

  private JsonNode call(
      String name, List<Operand> operands, JsonNode piped, JsonNode dot, Scope scope) {
    var arguments = new ArrayList<JsonNode>();
    for (var operand : operands) {
      var value = operand(operand, dot, scope);
      arguments.add(value);
      // and/or stop at the first argument that decides: the others may not even be there.
      if (name.equals("and") && !Values.isTrue(value)
          || name.equals("or") && Values.isTrue(value)) {
        return value;
      }
    }
    if (piped != null) {
      arguments.add(piped);
    }
    return Functions.call(name, arguments);
  }

  private JsonNode operand(Operand operand, JsonNode dot, Scope scope) {
    return switch (operand) {
      case Operand.Literal literal -> literal.value();
      case Operand.Dot here -> dot;
      case Operand.Variable variable -> scope.get(variable.name());
      case Operand.Function function -> Functions.call(function.name(), List.of());
      case Operand.Nested nested -> evaluate(nested.pipeline(), dot, scope);
      case Operand.Fields fields -> values.field(operand(fields.of(), dot, scope), fields.names());
    };
  }

  private static String shown(Operand operand) {
    return switch (operand) {
      case Operand.Literal literal -> literal.value().toString();
      case Operand.Dot here -> ".";
      case Operand.Variable variable -> variable.name();
      case Operand.Function function -> function.name();
      case Operand.Nested nested -> "(...)";
      case Operand.Fields fields -> "." + String.join(".", fields.names());
    };
  }
}
