package io.jkube.registry.crd;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** CustomResourceDefinitions: kinds that users add. */
public final class CustomResourceDefinitions {
  /** Holds a deleted definition until its objects are gone. */
  public static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  private static final int HTTPS_PORT = 443;

  private CustomResourceDefinitions() {}

  /**
   * @param clock tells when conditions change
   */
  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.cluster(
            "apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")
        .shortNames("crd", "crds")
        .categories("api-extensions")
        .subresources("status")
        .generation()
        .column("Created At", crd -> text(crd, "/metadata/creationTimestamp"))
        .strategy(new CrdStrategy(clock))
        .build();
  }

  private record CrdStrategy(InstantSource clock) implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode crd) {
      var spec = child(crd, "spec");
      var names = child(spec, "names");
      var kind = text(names, "/kind");
      if (!kind.isEmpty()) {
        putIfEmpty(names, "singular", kind.toLowerCase(Locale.ROOT));
        putIfEmpty(names, "listKind", kind + "List");
      }
      putIfEmpty(child(spec, "conversion"), "strategy", "None");
      if (spec.at("/conversion/webhook/clientConfig/service") instanceof ObjectNode service) {
        putIfAbsent(service, "port", HTTPS_PORT);
      }
    }

    @Override
    public void prepareForCreate(ObjectNode crd, Instant now) {
      StatusStrategy.super.prepareForCreate(crd, now);
      var status = crd.putObject("status");
      status.putArray("conditions");
      status.putObject("acceptedNames").put("kind", "").put("plural", "");
      noteStoredVersion(crd);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForUpdate(updated, current);
      noteStoredVersion(updated);
    }

    private static void noteStoredVersion(ObjectNode crd) {
      for (var version : objects(crd, "/spec/versions")) {
        var name = text(version, "/name");
        if (version.path("storage").asBoolean()
            && !texts(crd, "/status/storedVersions").contains(name)) {
          child(crd, "status").withArray("storedVersions").add(name);
        }
      }
    }

    @Override
    public void validate(ObjectNode crd, Violations violations) {
      new CrdRules(violations).validate(crd);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      CrdRules.unchanged(updated, current, violations);
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      CrdRules.storedVersions(updated, violations);
    }

    /** The first deletion marks it, and its objects go before it does. */
    @Override
    public boolean heldByMore(ObjectNode crd) {
      return !crd.path("metadata").hasNonNull("deletionTimestamp");
    }

    @Override
    public void prepareForDelete(ObjectNode crd) {
      if (!texts(crd, "/metadata/finalizers").contains(FINALIZER)) {
        child(crd, "metadata").withArray("finalizers").add(FINALIZER);
      }
      CrdConditions.set(
          crd,
          CrdConditions.TERMINATING,
          true,
          "InstanceDeletionPending",
          "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
          clock.instant());
    }

    @Override
    public boolean finalizersAreQualified() {
      return false;
    }
  }
}
