package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a write changes, as it looks in each version that some manager speaks. One write's. */
final class Comparisons {
  private final Structure structure;
  private final Versions versions;
  private final Writer writer;
  private final ObjectNode live;
  private final ObjectNode next;
  private final Map<String, Optional<Comparison>> byVersion = new HashMap<>();

  Comparisons(
      Structure structure, Versions versions, Writer writer, ObjectNode live, ObjectNode next) {
    this.structure = structure;
    this.versions = versions;
    this.writer = writer;
    this.live = live;
    this.next = next;
  }

  /** In the version of the write itself. */
  Comparison own() {
    return at(writer.definition().kind().apiVersion()).orElseThrow();
  }

  /** Empty where the kind is not served in that version any more. */
  Optional<Comparison> at(String apiVersion) {
    return byVersion.computeIfAbsent(apiVersion, this::compare);
  }

  private Optional<Comparison> compare(String apiVersion) {
    var own = writer.definition();
    return versions
        .sibling(own, apiVersion)
        .map(
            there -> {
              var kind = structure.schemas().schema(there.kind()).orElse(null);
              var before = Versions.convert(live, own, there);
              var after = Versions.convert(next, own, there);
              return Comparer.compare(structure, kind, before, after)
                  .without(writer.at(there).resetFields());
            });
  }
}
