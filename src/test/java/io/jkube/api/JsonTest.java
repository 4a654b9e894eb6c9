package io.jkube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  private static byte[] utf8(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void amountsInTheMiddleOfAPodAreRead() {
    var text =
        "{'spec':{'containers':[{'resources':{'limits':{'cpu':'1','memory':'2Gi'},"
            + "'requests':{'cpu':1}},'name':'a'}],'nodeName':'n'}}";
    var pod = Json.as(Json.parse(utf8(text)), Pod.class);
    var container = pod.getSpec().getContainers().getFirst();
    assertEquals("2Gi", container.getResources().getLimits().get("memory").toString());
    assertEquals("a", container.getName());
    assertEquals("n", pod.getSpec().getNodeName());
    assertEquals("2Gi", Json.tree(pod).at("/spec/containers/0/resources/limits/memory").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{} {}", "{'a':1,'a':2}", "{'a':", "nul"})
  void anythingButOneObjectIsRefused(String text) {
    assertThrows(ApiException.class, () -> Json.parse(utf8(text)));
  }

  @Test
  void aTreeOutOfTheModelEqualsTheSameReadFromJson() {
    var pod =
        new PodBuilder().withNewSpec().withTerminationGracePeriodSeconds(30L).endSpec().build();
    var tree = Json.tree(pod);
    assertEquals(Json.parse(Json.bytes(tree)), tree);
  }
}
