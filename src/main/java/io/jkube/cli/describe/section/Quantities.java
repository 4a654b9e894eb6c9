package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import java.util.Map;

/** Amounts of resources, by name. */
public final class Quantities {
  private Quantities() {}

  /** {@code Limits:} and an amount a line; nothing where there are none. */
  public static void write(String title, JsonNode quantities, int level, Page page) {
    if (quantities.isEmpty()) {
      return;
    }
    page.line(level, title + ":");
    quantities
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> page.field(level + 1, each.getKey(), Quantity.of(each.getValue())));
  }
}
