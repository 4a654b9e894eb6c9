package io.jkube.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumesInNameTest implements ObjectLookup {
  private final Set<String> there = new HashSet<>();
  @TempDir Path folder;

  @Test
  void aPodWaitsForWhatItsVolumesAreMadeOf() {
    Map.of(
            "'configMap':{'name':'c'}", "configmap \"c\" not found",
            "'secret':{'secretName':'s'}", "secret \"s\" not found",
            "'projected':{'sources':[{'configMap':{'name':'c'}}]}", "configmap \"c\" not found",
            "'projected':{'sources':[{'secret':{'name':'s'}}]}", "secret \"s\" not found",
            "'persistentVolumeClaim':{'claimName':'p'}", "persistentvolumeclaims \"p\" not found")
        .forEach(
            (volume, why) -> {
              var failure = assertThrows(VolumeFailure.class, () -> setUp("v", volume), volume);
              var said = failure.getMessage();
              assertTrue(said.startsWith("MountVolume.SetUp failed for volume \"v\" : "), said);
              assertTrue(said.endsWith(why), said);
            });
  }

  @Test
  void whatIsThereOrOptionalIsNoObstacleAndNothingIsWritten() throws IOException {
    there.addAll(List.of("configmap c", "secret s"));
    setUp("v", "'configMap':{'name':'c'}");
    setUp("v", "'secret':{'secretName':'s'}");
    setUp("v", "'configMap':{'name':'other','optional':true}");
    setUp("v", "'emptyDir':{}");
    setUp(
        "kube-api-access-1",
        "'projected':{'sources':[{'serviceAccountToken':{'path':'token'}},"
            + "{'configMap':{'name':'kube-root-ca.crt'}}]}");
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  private void setUp(String name, String volume) {
    var text =
        "{'metadata':{'name':'web','namespace':'default','uid':'u'},'spec':{'volumes':[{'name':'"
            + name
            + "',"
            + volume
            + "}]}}";
    var tree = Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    var facts = new PodFacts(Json.as(tree, Pod.class), "10.244.0.9", "10.0.0.5", 2, 1L << 30);
    assertEquals(Map.of(), new VolumesInName(folder, this).setUp(facts));
  }

  private Optional<ObjectNode> find(String what) {
    return there.contains(what) ? Optional.of(Json.object()) : Optional.empty();
  }

  @Override
  public Optional<ObjectNode> configMap(String namespace, String name) {
    return find("configmap " + name);
  }

  @Override
  public Optional<ObjectNode> secret(String namespace, String name) {
    return find("secret " + name);
  }

  @Override
  public Optional<ObjectNode> claim(String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<ObjectNode> volume(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<ObjectNode> runtimeClass(String name) {
    return Optional.empty();
  }

  @Override
  public List<ObjectNode> services(String namespace) {
    return List.of();
  }
}
