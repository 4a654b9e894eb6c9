package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.cli.describe.section.Page;

/** The conditions of a workload. */
final class Conditions {
  private Conditions() {}

  static void write(JsonNode conditions, Page page) {
    if (conditions.isEmpty()) {
      return;
    }
    page.line(0, "Conditions:");
    page.line(1, "Type\tStatus\tReason");
    page.line(1, "----\t------\t------");
    conditions.forEach(
        each ->
            page.line(
                1,
                each.path("type").asText()
                    + " \t"
                    + each.path("status").asText()
                    + "\t"
                    + each.path("reason").asText()));
  }
}
