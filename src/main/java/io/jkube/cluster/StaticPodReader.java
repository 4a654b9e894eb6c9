package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.apiserver.authz.node.PodReferences;
import io.jkube.apiserver.negotiate.Yaml;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.core.Pods;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.registry.schema.SchemaSource;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Reads the file of a static pod as the API server reads a pod: what is wrong with it is refused,
 * what it leaves out has its default. It may name no other objects of the API, which the node would
 * depend on.
 */
final class StaticPodReader implements Function<byte[], ObjectNode> {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");

  private final InstantSource clock;
  private SchemaSource schemas;

  StaticPodReader(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ObjectNode apply(byte[] file) {
    var pod = pod(file);
    schemas()
        .typeMismatch(POD, pod)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    schemas.prune(POD, pod);
    schemas.applyDefaults(POD, pod);
    var strategy = Pods.definition(clock).strategy();
    strategy.applyDefaults(pod);
    var violations = new Violations();
    var name = pod.at("/metadata/name").asText();
    for (var why : NameRule.DNS_SUBDOMAIN.violations(name)) {
      violations.invalid("metadata.name", name, why);
    }
    strategy.validateCreate(pod, violations);
    violations.throwIfAny(POD, name);
    requireNothingOfTheApi(pod);
    return pod;
  }

  private static ObjectNode pod(byte[] file) {
    if (Yaml.parse(file) instanceof ObjectNode pod
        && pod.path("kind").asText().equals(POD.kind())
        && pod.path("apiVersion").asText().equals(POD.version())) {
      return pod;
    }
    throw new IllegalArgumentException("it is no Pod of v1");
  }

  /** Read when the first file is. */
  private SchemaSource schemas() {
    if (schemas == null) {
      schemas = new SchemaEngine(new BuiltinDefinitions());
    }
    return schemas;
  }

  private static void requireNothingOfTheApi(ObjectNode pod) {
    refuse("serviceaccounts", !pod.at("/spec/serviceAccountName").asText().isEmpty());
    refuse("secrets", PodReferences.secrets(pod).findAny().isPresent());
    refuse("configmaps", PodReferences.configMaps(pod).findAny().isPresent());
    refuse("persistentvolumeclaims", PodReferences.claims(pod).findAny().isPresent());
    refuse("resourceclaims", !pod.at("/spec/resourceClaims").isEmpty());
  }

  private static void refuse(String what, boolean has) {
    if (has) {
      throw new IllegalArgumentException("static pods may not reference " + what);
    }
  }
}
