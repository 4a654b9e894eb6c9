package io.jkube.apiserver.authz.node;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Which objects of its namespace a pod needs at its node. */
public final class PodReferences {
  private static final List<String> CONTAINERS =
      List.of("/spec/initContainers", "/spec/containers", "/spec/ephemeralContainers");

  private PodReferences() {}

  public static Stream<String> secrets(ObjectNode pod) {
    return Stream.of(
            objects(pod, "/spec/imagePullSecrets").stream().map(each -> text(each, "/name")),
            environment(pod, "secretRef", "secretKeyRef"),
            volumes(pod).flatMap(PodReferences::secretsOf))
        .flatMap(each -> each)
        .filter(name -> !name.isEmpty());
  }

  public static Stream<String> configMaps(ObjectNode pod) {
    return Stream.of(
            environment(pod, "configMapRef", "configMapKeyRef"),
            volumes(pod).map(volume -> text(volume, "/configMap/name")),
            projections(pod).map(source -> text(source, "/configMap/name")))
        .flatMap(each -> each)
        .filter(name -> !name.isEmpty());
  }

  public static Stream<String> claims(ObjectNode pod) {
    var own = text(pod, "/metadata/name");
    return volumes(pod)
        .map(
            volume ->
                volume.has("ephemeral")
                    ? own + "-" + text(volume, "/name")
                    : text(volume, "/persistentVolumeClaim/claimName"))
        .filter(name -> !name.isEmpty());
  }

  private static Stream<ObjectNode> volumes(ObjectNode pod) {
    return objects(pod, "/spec/volumes").stream();
  }

  private static Stream<ObjectNode> projections(ObjectNode pod) {
    return volumes(pod).flatMap(volume -> objects(volume, "/projected/sources").stream());
  }

  /** A secret volume, one of a projected volume's sources, or a driver's {@code secretRef}. */
  private static Stream<String> secretsOf(ObjectNode volume) {
    var own = Stream.<JsonNode>builder();
    volume.properties().forEach(field -> own.add(field.getValue()));
    return Stream.concat(
        Stream.of(text(volume, "/secret/secretName"), text(volume, "/azureFile/secretName")),
        Stream.concat(
            objects(volume, "/projected/sources").stream().map(each -> text(each, "/secret/name")),
            own.build()
                .flatMap(
                    source ->
                        Stream.of(
                            text(source, "/secretRef/name"),
                            text(source, "/nodePublishSecretRef/name")))));
  }

  private static Stream<String> environment(ObjectNode pod, String all, String one) {
    return CONTAINERS.stream()
        .flatMap(list -> objects(pod, list).stream())
        .flatMap(
            container ->
                Stream.concat(
                    objects(container, "/envFrom").stream()
                        .map(from -> text(from, "/" + all + "/name")),
                    objects(container, "/env").stream()
                        .map(variable -> text(variable, "/valueFrom/" + one + "/name"))));
  }
}
