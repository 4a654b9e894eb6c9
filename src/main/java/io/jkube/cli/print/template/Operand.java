package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What stands for one value. */
sealed interface Operand {
  /** A number, string, true, false, nil. */
  record Literal(JsonNode value) implements Operand {}

  /** {@code .}. */
  record Dot() implements Operand {}

  /** {@code $} (the whole object) or {@code $a}. */
  record Variable(String name) implements Operand {}

  /** A function's name; with arguments when it stands first in a command. */
  record Function(String name) implements Operand {}

  /** {@code (...)}. */
  record Nested(Pipeline pipeline) implements Operand {}

  /** {@code .a.b} of another operand. */
  record Fields(Operand of, List<String> names) implements Operand {}

  /**
   * Commands, each of which gets the value of the one before as its last argument.
   *
   * @param variables declared or assigned: none, one, or for a range two
   * @param declares {@code :=} rather than {@code =}
   */
  record Pipeline(List<String> variables, boolean declares, List<List<Operand>> commands) {}
}
