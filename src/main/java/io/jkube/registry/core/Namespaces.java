package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Tree;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Namespaces: the scopes of names. A namespace is Active until it is deleted; it then stays,
 * Terminating, until the finalizer {@code kubernetes} in its spec is taken away.
 */
public final class Namespaces {
  public static final String FINALIZER = "kubernetes";
  public static final String NAME_LABEL = "kubernetes.io/metadata.name";

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("", "v1", "Namespace", "namespaces")
          .shortNames("ns")
          .verbs(Verb.CREATE, Verb.DELETE, Verb.GET, Verb.LIST, Verb.PATCH, Verb.UPDATE, Verb.WATCH)
          .subresources("status", "finalize")
          .column("Status", namespace -> text(namespace, "/status/phase"))
          .ageColumn()
          .strategy(new NamespaceStrategy())
          .build();

  private Namespaces() {}

  private static final class NamespaceStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode namespace) {
      var metadata = child(namespace, "metadata");
      var name = text(metadata, "/name");
      if (!name.isEmpty()) {
        child(metadata, "labels").put(NAME_LABEL, name);
      }
      Tree.putIfEmpty(child(namespace, "status"), "phase", "Active");
    }

    @Override
    public void prepareForCreate(ObjectNode namespace, Instant now) {
      namespace.putObject("status").put("phase", "Active");
      var spec = child(namespace, "spec");
      if (!texts(spec, "/finalizers").contains(FINALIZER)) {
        spec.withArray("finalizers").add(FINALIZER);
      }
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
      Tree.restore(updated, current, "status");
      var finalizers = current.at("/spec/finalizers");
      if (finalizers.isArray()) {
        child(updated, "spec").set("finalizers", finalizers.deepCopy());
      }
    }

    @Override
    public NameRule nameRule() {
      return NameRule.DNS_LABEL;
    }

    @Override
    public void prepareForDelete(ObjectNode namespace) {
      child(namespace, "status").put("phase", "Terminating");
    }

    @Override
    public boolean heldByMore(ObjectNode namespace) {
      return !texts(namespace, "/spec/finalizers").isEmpty();
    }

    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode current) {
      return false;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode namespace) {
      return Map.of(
          "status.phase",
          text(namespace, "/status/phase"),
          "name",
          text(namespace, "/metadata/name"));
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of("status.phase", "name");
    }
  }
}
