package io.jkube.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import java.io.PrintStream;
import java.util.Locale;

/**
 * {@code pod/web}, {@code deployment.apps/web}; with what was done to it: {@code pod/web created}.
 *
 * @param operation empty for the name alone
 */
public record NamePrinter(String operation) implements ObjectPrinter {
  @Override
  public void print(ObjectNode object, PrintStream out) {
    if (object.path("items").isArray()) {
      object.path("items").forEach(item -> line(item, out));
    } else {
      line(object, out);
    }
  }

  /** A name has no room for what became of its object. */
  @Override
  public void event(String type, ObjectNode object, PrintStream out) {
    line(object, out);
  }

  @Override
  public ListPrinter list(PrintStream out) {
    return new ListPrinter() {
      @Override
      public void item(ObjectNode item) {
        line(item, out);
      }

      @Override
      public void end() {
        // A name is whole in itself.
      }
    };
  }

  private void line(JsonNode object, PrintStream out) {
    out.append(name(object)).append(operation.isEmpty() ? "" : " " + operation).append('\n');
  }

  /** {@code pod/web}. */
  public static String name(JsonNode object) {
    var kind =
        GroupVersionKind.of(object.path("apiVersion").asText(), object.path("kind").asText());
    return kind.kind().toLowerCase(Locale.ROOT)
        + (kind.group().isEmpty() ? "" : "." + kind.group())
        + "/"
        + object.path("metadata").path("name").asText();
  }
}
