package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The variables of a block; those of the blocks around it are seen through it. */
final class Scope {
  private final Scope outer;
  private final Map<String, JsonNode> variables = new HashMap<>();

  Scope(Scope outer) {
    this.outer = outer;
  }

  Scope(Scope outer, String name, JsonNode value) {
    this(outer);
    variables.put(name, value);
  }

  JsonNode get(String name) {
    return holder(name).variables.get(name);
  }

  /** Declares a variable here, or changes the one that is there. */
  void set(String name, JsonNode value, boolean declare) {
    (declare ? this : holder(name)).variables.put(name, value);
  }

  private Scope holder(String name) {
    for (var scope = this; scope != null; scope = scope.outer) {
      if (scope.variables.containsKey(name)) {
        return scope;
      }
    }
    throw new TemplateException("undefined variable \"" + name + "\"");
  }
}
