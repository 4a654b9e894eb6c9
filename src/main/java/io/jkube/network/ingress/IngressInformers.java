package io.jkube.network.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ingresses; their classes, once there is one; secrets, once one of them names one. For one thread.
 */
final class IngressInformers implements AutoCloseable {
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
  private static final Duration SYNC_WAIT = Duration.ofMinutes(1);

  private final Informer<ObjectNode> ingresses;
  private final Informer<ObjectNode> classes;
  private final Informer<ObjectNode> secrets;
  private boolean classesWatched;
  private boolean secretsWatched;

  IngressInformers(ApiClient client, Runnable changed) {
    var handler = ObjectHandler.<ObjectNode>onEvery((key, any) -> changed.run());
    this.ingresses = Informer.of(client, Resources.INGRESSES).build().addHandler(handler);
    this.classes = Informer.of(client, Resources.INGRESS_CLASSES).build().addHandler(handler);
    this.secrets = Informer.of(client, Resources.SECRETS).build().addHandler(handler);
  }

  void start() {
    ingresses.start();
  }

  boolean awaitSynced() throws InterruptedException {
    return ingresses.awaitSynced(SYNC_WAIT);
  }

  Optional<ObjectNode> ingress(ObjectKey key) {
    return ingresses.get(key);
  }

  /** Those that are this controller's matter, the oldest first. */
  List<ObjectNode> ours() throws InterruptedException {
    var all = ingresses.list();
    if (all.isEmpty()) {
      return List.of();
    }
    if (!classesWatched) {
      classesWatched = true;
      classes.start();
    }
    classes.awaitSynced(SYNC_WAIT);
    var names =
        classes.list().stream()
            .filter(each -> each.at("/spec/controller").asText().equals(IngressController.NAME))
            .map(each -> each.at("/metadata/name").asText())
            .collect(Collectors.toSet());
    return all.stream().filter(each -> isOf(each, names)).sorted(byAge()).toList();
  }

  private static boolean isOf(ObjectNode ingress, Set<String> classes) {
    var named = ingress.at("/metadata/annotations").path(CLASS_ANNOTATION).asText();
    return classes.contains(ingress.at("/spec/ingressClassName").asText(named));
  }

  private static Comparator<ObjectNode> byAge() {
    return Comparator.<ObjectNode, String>comparing(
            each -> each.at("/metadata/creationTimestamp").asText())
        .thenComparing(each -> Json.key(each).toString());
  }

  Optional<ObjectNode> secret(ObjectKey key) {
    try {
      if (!secretsWatched) {
        secretsWatched = true;
        secrets.start();
      }
      secrets.awaitSynced(SYNC_WAIT);
      return secrets.get(key);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    ingresses.close();
    classes.close();
    secrets.close();
  }
}
