package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.network.ingress.IngressController;
import java.util.Set;

/** Makes the class of ingresses that one gets which names none. What is there stays. */
final class SeedIngressClass implements StartupStep {
  private static final String NAME = "jkube";

  @Override
  public String title() {
    return "Seed the IngressClass jkube";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(BuildApi.class);
  }

  @Override
  public void start(Parts parts) {
    Seeds.ensure(parts.api(), Resources.INGRESS_CLASSES, ingressClass());
  }

  private static ObjectNode ingressClass() {
    var made = Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "IngressClass");
    made.putObject("metadata")
        .put("name", NAME)
        .putObject("annotations")
        .put("ingressclass.kubernetes.io/is-default-class", "true");
    made.putObject("spec").put("controller", IngressController.NAME);
    return made;
  }
}
