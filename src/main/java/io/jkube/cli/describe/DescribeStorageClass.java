package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;
import java.util.Map;
import java.util.stream.Collectors;

/** A storage class: who provisions its volumes, how, and what becomes of them. */
final class DescribeStorageClass implements Describer {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  @Override
  public void describe(ObjectNode storage, Lookup lookup, Page page) {
    var annotations = storage.path("metadata").path("annotations");
    page.field(0, "Name", storage.path("metadata").path("name").asText());
    page.field(0, "IsDefaultClass", annotations.path(DEFAULT_CLASS).asBoolean() ? "Yes" : "No");
    page.field(0, "Annotations", pairs(annotations));
    page.field(0, "Provisioner", storage.path("provisioner").asText());
    page.field(0, "Parameters", pairs(storage.path("parameters")));
    page.field(0, "AllowVolumeExpansion", trueOrFalse(storage.path("allowVolumeExpansion")));
    mountOptions(storage.path("mountOptions"), page);
    page.optional(0, "ReclaimPolicy", storage.path("reclaimPolicy").asText());
    page.optional(0, "VolumeBindingMode", storage.path("volumeBindingMode").asText());
    if (storage.has("allowedTopologies")) {
      topologies(storage.path("allowedTopologies"), page);
    }
  }

  private static String pairs(JsonNode map) {
    return map.isEmpty()
        ? "<none>"
        : map.propertyStream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + "=" + each.getValue().asText())
            .collect(Collectors.joining(","));
  }

  private static String trueOrFalse(JsonNode flag) {
    return !flag.isBoolean() ? "<unset>" : flag.asBoolean() ? "True" : "False";
  }

  private static void mountOptions(JsonNode options, Page page) {
    if (options.isEmpty()) {
      page.field(0, "MountOptions", "<none>");
      return;
    }
    page.line(0, "MountOptions:");
    options.forEach(option -> page.line(1, option.asText()));
  }

  private static void topologies(JsonNode terms, Page page) {
    page.field(0, "AllowedTopologies", terms.isEmpty() ? "<none>" : "");
    int number = 0;
    for (var term : terms) {
      var start = "Term " + number++ + ":\t";
      for (var rule : term.path("matchLabelExpressions")) {
        var values = rule.path("values").valueStream().map(JsonNode::asText).toList();
        page.line(1, start + rule.path("key").asText() + " in " + values);
        start = "\t";
      }
    }
  }
}
