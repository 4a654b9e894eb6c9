package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Fields;
import io.jkube.cli.describe.section.Page;
import java.util.Set;

/** The page of a kind that has none of its own: all its fields. */
final class DescribeAnyKind implements Describer {
  private static final Set<String> IN_THE_HEAD =
      Set.of(
          ".metadata.managedFields",
          ".metadata.name",
          ".metadata.namespace",
          ".metadata.labels",
          ".metadata.annotations");

  @Override
  public void describe(ObjectNode object, Lookup lookup, Page page) {
    page.head(object);
    new Fields(page).write(object, 0, IN_THE_HEAD);
  }
}
