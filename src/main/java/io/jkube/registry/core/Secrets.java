package io.jkube.registry.core;

import static io.jkube.registry.Tree.size;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Tree;
import java.util.Map;
import java.util.Set;

/** Secrets: key-value pairs that are not for everyone's eyes. The type never changes. */
public final class Secrets {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "Secret", "secrets")
          .column("Type", secret -> text(secret, "/type"))
          .column(TableColumn.integer("Data", secret -> size(secret, "/data")))
          .ageColumn()
          .strategy(new SecretStrategy())
          .build();

  private Secrets() {}

  private static final class SecretStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode secret) {
      Tree.putIfEmpty(secret, "type", "Opaque");
      moveStringData(secret);
    }

    /** {@code stringData} is write-only: its values end up, encoded, in {@code data}. */
    private static void moveStringData(ObjectNode secret) {
      if (secret.remove("stringData") instanceof ObjectNode plain && !plain.isEmpty()) {
        var data = Tree.child(secret, "data");
        for (var entry : plain.properties()) {
          var bytes = entry.getValue().asText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
          data.put(entry.getKey(), bytes);
        }
      }
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode secret) {
      return Map.of("type", text(secret, "/type"));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of("type");
    }
  }
}
