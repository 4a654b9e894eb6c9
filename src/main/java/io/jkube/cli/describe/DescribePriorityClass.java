package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;

/** A priority class. */
final class DescribePriorityClass implements Describer {
  @Override
  public void describe(ObjectNode priority, Lookup lookup, Page page) {
    page.field(0, "Name", priority.path("metadata").path("name").asText());
    page.field(0, "Value", priority.path("value").asInt());
    page.field(0, "GlobalDefault", priority.path("globalDefault").asBoolean());
    page.field(0, "PreemptionPolicy", priority.path("preemptionPolicy").asText());
    page.field(0, "Description", priority.path("description").asText());
    page.annotations(priority.path("metadata").path("annotations"));
  }
}
