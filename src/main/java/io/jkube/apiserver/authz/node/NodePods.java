package io.jkube.apiserver.authz.node;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the pods and devices of a node relate it to, as of some moment not long ago. */
record NodePods(ObjectStore objects) {

  boolean runs(String node, String namespace, String name) {
    return objects
        .cached(Resources.PODS, new ObjectKey(namespace, name))
        .filter(pod -> isOn(pod.tree(), node))
        .isPresent();
  }

  boolean offersDevices(String node, String slice) {
    return objects
        .cached(Resources.RESOURCE_SLICES, ObjectKey.cluster(slice))
        .filter(found -> isOn(found.tree(), node))
        .isPresent();
  }

  boolean needsSecret(String node, String namespace, String name) {
    return needs(node, namespace, PodReferences::secrets, name);
  }

  boolean needsConfigMap(String node, String namespace, String name) {
    return needs(node, namespace, PodReferences::configMaps, name);
  }

  boolean needsClaim(String node, String namespace, String name) {
    return needs(node, namespace, PodReferences::claims, name);
  }

  boolean needsVolume(String node, String name) {
    return objects
        .cached(Resources.VOLUMES, ObjectKey.cluster(name))
        .map(StoredObject::tree)
        .filter(
            volume ->
                needsClaim(
                    node,
                    text(volume, "/spec/claimRef/namespace"),
                    text(volume, "/spec/claimRef/name")))
        .isPresent();
  }

  boolean runsAs(String node, String namespace, String account) {
    return pods(node, namespace)
        .anyMatch(pod -> text(pod, "/spec/serviceAccountName").equals(account));
  }

  private boolean needs(
      String node, String namespace, Function<ObjectNode, Stream<String>> references, String name) {
    return pods(node, namespace).anyMatch(pod -> references.apply(pod).anyMatch(name::equals));
  }

  private Stream<ObjectNode> pods(String node, String namespace) {
    return objects.cachedPodsOf(node, namespace).stream()
        .map(StoredObject::tree)
        .filter(pod -> !isOver(pod));
  }

  /** A pod that has ended needs nothing any more. */
  private static boolean isOver(ObjectNode pod) {
    var phase = pod.path("status").path("phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static boolean isOn(ObjectNode object, String node) {
    return object.path("spec").path("nodeName").asText().equals(node);
  }
}
