package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;
import java.util.List;
import java.util.Map;

/** A config map: its data as it stands. */
final class DescribeConfigMap implements Describer {
  @Override
  public void describe(ObjectNode map, Lookup lookup, Page page) {
    page.head(map);
    page.line(0, "").line(0, "Data").line(0, "====");
    map.path("data")
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> {
              page.line(0, each.getKey() + ":").line(0, "----");
              List.of(each.getValue().asText().split("\n", -1)).forEach(line -> page.line(0, line));
              page.line(0, "");
            });
    page.line(0, "").line(0, "BinaryData").line(0, "====");
    map.path("binaryData")
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> page.line(0, each.getKey() + ": " + Base64Size.of(each.getValue()) + " bytes"));
    page.line(0, "");
  }
}
