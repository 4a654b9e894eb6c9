package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the parts of versions stand for upstream: what all versions have alike, as a single one
 * always does, stands once at the top of the spec, and is named there in errors.
 *
 * @param alike the parts that all versions share
 */
record CrdParts(Set<String> alike) {
  private static final Map<String, String> AT_THE_TOP =
      Map.of(
          "schema", "spec.validation",
          "subresources", "spec.subresources",
          "additionalPrinterColumns", "spec.additionalPrinterColumns",
          "selectableFields", "spec.selectableFields");

  CrdParts {
    alike = Set.copyOf(alike);
  }

  static CrdParts of(List<ObjectNode> versions) {
    var alike = new HashSet<String>();
    for (var part : AT_THE_TOP.keySet()) {
      if (versions.stream().map(each -> each.path(part)).distinct().count() == 1) {
        alike.add(part);
      }
    }
    return new CrdParts(alike);
  }

  /** The path of a version's part; empty where another version's was looked at already. */
  Optional<String> path(int version, String part) {
    if (!alike.contains(part)) {
      return Optional.of("spec.versions[" + version + "]." + part);
    }
    return version == 0 ? Optional.of(AT_THE_TOP.get(part)) : Optional.empty();
  }
}
