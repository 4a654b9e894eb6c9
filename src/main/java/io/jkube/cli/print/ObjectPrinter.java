package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.PrintStream;

/** Writes objects in one format. */
public interface ObjectPrinter {
  void print(ObjectNode object, PrintStream out);

  /** Writes what a watch finds at its start, not as a list but one after the other. */
  default void each(Iterable<ObjectNode> objects, PrintStream out) {
    objects.forEach(object -> print(object, out));
  }

  /**
   * Writes an event of a watch: the object with what became of it, all of its fields.
   *
   * @param type such as {@code ADDED}
   */
  default void event(String type, ObjectNode object, PrintStream out) {
    print(Json.object().put("type", type).set("object", object), out);
  }

  /**
   * Writes a {@code v1 List} whose items come one after the other. Formats that can do so write
   * each at once and keep none.
   */
  default ListPrinter list(PrintStream out) {
    return new WholeList(this, out);
  }
}
