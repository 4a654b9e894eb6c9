package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class StaticPodReaderTest {
  private final StaticPodReader reader = new StaticPodReader(InstantSource.system());

  @Test
  void aFileHasTheDefaultsOfThePodThatTheServerWouldMake() {
    var pod = read("metadata: {name: web}", "containers: [{name: a, image: busybox}]");
    assertEquals("Always", pod.at("/spec/restartPolicy").asText());
    assertEquals(30, pod.at("/spec/terminationGracePeriodSeconds").asInt());
    assertEquals("Always", pod.at("/spec/containers/0/imagePullPolicy").asText());
    assertEquals(
        "/dev/termination-log", pod.at("/spec/containers/0/terminationMessagePath").asText());
  }

  @Test
  void whatIsWrongIsSaid() {
    assertEquals("it is no Pod of v1", refusal("kind: Service\napiVersion: v1"));
    assertTrue(
        refusal(file("metadata: {name: web}", "containers: []")).contains("spec.containers"));
    assertTrue(
        refusal(file("metadata: {name: We_b}", "containers: [{name: a, image: b}]"))
            .contains("metadata.name"));
    assertTrue(refusal(file("metadata: {name: web}", "containers: 7")).contains("containers"));
    assertTrue(refusal("kind: [").contains("yaml"));
  }

  @Test
  void itNamesNoOtherObjects() {
    var spec = "containers: [{name: a, image: b}], ";
    var metadata = "metadata: {name: web}";
    assertEquals(
        "static pods may not reference serviceaccounts",
        refusal(file(metadata, spec + "serviceAccountName: robot")));
    assertEquals(
        "static pods may not reference secrets",
        refusal(file(metadata, spec + "volumes: [{name: v, secret: {secretName: s}}]")));
    assertEquals(
        "static pods may not reference configmaps",
        refusal(file(metadata, spec + "volumes: [{name: v, configMap: {name: c}}]")));
    assertEquals(
        "static pods may not reference persistentvolumeclaims",
        refusal(
            file(metadata, spec + "volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]")));
  }

  private ObjectNode read(String metadata, String spec) {
    return reader.apply(file(metadata, spec).getBytes(StandardCharsets.UTF_8));
  }

  private String refusal(String file) {
    var bytes = file.getBytes(StandardCharsets.UTF_8);
    try {
      throw new AssertionError("it is taken: " + reader.apply(bytes));
    } catch (IllegalArgumentException | ApiException refused) {
      return refused.getMessage();
    }
  }

  private static String file(String metadata, String spec) {
    return "kind: Pod\napiVersion: v1\n" + metadata + "\nspec: {" + spec + "}\n";
  }
}
