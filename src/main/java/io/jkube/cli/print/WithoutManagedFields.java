package io.jkube.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.stream.StreamSupport;

/**
 * Prints objects without the record of who set which field, which few want to read.
 *
 * @param printer does the printing
 */
record WithoutManagedFields(ObjectPrinter printer) implements ObjectPrinter {
  private static final String FIELD = "managedFields";

  @Override
  public void print(ObjectNode object, PrintStream out) {
    printer.print(removed(object), out);
  }

  @Override
  public void each(Iterable<ObjectNode> objects, PrintStream out) {
    var all = StreamSupport.stream(objects.spliterator(), false);
    printer.each(all.map(WithoutManagedFields::removed).toList(), out);
  }

  @Override
  public void event(String type, ObjectNode object, PrintStream out) {
    printer.event(type, object, out);
  }

  @Override
  public ListPrinter list(PrintStream out) {
    var list = printer.list(out);
    return new ListPrinter() {
      @Override
      public void item(ObjectNode item) {
        list.item(removed(item));
      }

      @Override
      public void end() {
        list.end();
      }
    };
  }

  private static ObjectNode removed(ObjectNode object) {
    if (!has(object) && object.path("items").valueStream().noneMatch(WithoutManagedFields::has)) {
      return object;
    }
    var copy = object.deepCopy();
    remove(copy);
    copy.path("items").forEach(WithoutManagedFields::remove);
    return copy;
  }

  private static boolean has(JsonNode object) {
    return object.path("metadata").has(FIELD);
  }

  private static void remove(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(FIELD);
    }
  }
}
