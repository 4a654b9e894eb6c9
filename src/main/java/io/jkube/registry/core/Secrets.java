package io.jkube.registry.core;

import static io.jkube.registry.Tree.size;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.DataKeys;
import io.jkube.registry.validation.Rules;
import java.util.List;
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

  private static final String ACCOUNT_ANNOTATION = "kubernetes.io/service-account.name";

  private Secrets() {}

  /** The keys that a secret of the type must have. */
  private static final Map<String, List<String>> KEYS_BY_TYPE =
      Map.of(
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

  private static final class SecretStrategy implements Strategy {
    @Override
    public void validate(ObjectNode secret, Violations violations) {
      var data = secret.path("data");
      DataKeys.validate(data, "data", violations);
      DataKeys.validateSize(DataKeys.bytes(data, true), "data", violations);
      var type = text(secret, "/type");
      for (var key : KEYS_BY_TYPE.getOrDefault(type, List.of())) {
        if (!data.has(key)) {
          violations.required("data[" + key + "]", "");
        }
      }
      if (type.equals("kubernetes.io/basic-auth")
          && !data.has("username")
          && !data.has("password")) {
        violations.required("data[username]", "").required("data[password]", "");
      }
      if (type.equals("kubernetes.io/service-account-token")
          && secret.at("/metadata/annotations").path(ACCOUNT_ANNOTATION).asText().isEmpty()) {
        violations.required("metadata.annotations[" + ACCOUNT_ANNOTATION + "]", "");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations).immutable(updated, current, "type", "");
      Immutability.validate(updated, current, violations, "data");
    }

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
