package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many of something are wanted: read and set through {@code scale}. */
@Timeout(20)
final class ScaleTest {
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String SCALE = DEPLOYMENTS + "/web/scale";

  private final TestServer server = new TestServer();

  @BeforeEach
  void deployment() {
    server.post(
        DEPLOYMENTS,
        "{'metadata':{'name':'web'},'spec':{'replicas':2,'selector':{'matchLabels':{'a':'b'},"
            + "'matchExpressions':[{'key':'c','operator':'Exists'}]},'template':{'metadata':"
            + "{'labels':{'a':'b','c':'d'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsWhatIsWantedAndThere() {
    var scale = server.get(SCALE);
    assertEquals("autoscaling/v1", scale.get("apiVersion").asText());
    assertEquals("Scale", scale.get("kind").asText());
    assertEquals("web", scale.at("/metadata/name").asText());
    assertEquals(2, scale.at("/spec/replicas").asInt());
    assertEquals(0, scale.at("/status/replicas").asInt(-1));
    assertEquals("a=b,c", scale.at("/status/selector").asText());
  }

  @Test
  void isSetByPutAndByPatch() {
    var scale = server.get(SCALE).deepCopy();
    scale.withObject("/spec").put("replicas", 5);
    assertEquals(5, server.put(SCALE, scale).at("/spec/replicas").asInt());
    assertEquals(StatusReason.CONFLICT, failure(() -> server.put(SCALE, scale)).reason());
    for (var type : new String[] {"merge-patch", "strategic-merge-patch"}) {
      server.patch(SCALE, "application/" + type + "+json", "{'spec':{'replicas':7}}");
    }
    server.patch(
        SCALE,
        "application/json-patch+json",
        "[{'op':'test','path':'/spec/replicas','value':7},"
            + "{'op':'replace','path':'/spec/replicas','value':0}]");
    var deployment = server.get(DEPLOYMENTS + "/web");
    assertEquals(0, deployment.at("/spec/replicas").asInt(-1));
    assertEquals(4, deployment.at("/metadata/generation").asInt());
    assertEquals("i", deployment.at("/spec/template/spec/containers/0/image").asText());
  }

  @Test
  void isNeverNegative() {
    assertEquals(
        "Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater"
            + " than or equal to 0",
        failure(
                () ->
                    server.patch(SCALE, "application/merge-patch+json", "{'spec':{'replicas':-1}}"))
            .getMessage());
    assertEquals(
        StatusReason.NOT_FOUND, failure(() -> server.get(DEPLOYMENTS + "/none/scale")).reason());
    assertEquals(StatusReason.METHOD_NOT_ALLOWED, failure(() -> server.delete(SCALE)).reason());
  }

  @Test
  void isATableOfItsOwn() {
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    var table = server.get(SCALE);
    assertEquals("Desired", table.at("/columnDefinitions/1/name").asText());
    assertEquals(2, table.at("/rows/0/cells/1").asInt());
  }

  @Test
  void aStatusChangesNoGeneration() {
    var deployment = server.get(DEPLOYMENTS + "/web").deepCopy();
    deployment.withObject("/status").put("replicas", 2);
    deployment.withObject("/metadata/annotations").put("a", "b");
    deployment.withObject("/spec").put("replicas", 9);
    var updated = server.put(DEPLOYMENTS + "/web/status", deployment);
    assertEquals(2, updated.at("/status/replicas").asInt());
    assertEquals(2, updated.at("/spec/replicas").asInt());
    assertEquals(1, updated.at("/metadata/generation").asInt());
  }

  @Test
  void aJobLeavesItsPodsWhenNobodySaysOtherwise() {
    var jobs = "/apis/batch/v1/namespaces/default/jobs";
    server.post(
        jobs,
        "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never',"
            + "'containers':[{'name':'c','image':'i'}]}}}}");
    server.ask("DELETE", jobs + "/j", "", Body.NONE);
    assertEquals("orphan", server.get(jobs + "/j").at("/metadata/finalizers/0").asText());
  }
}
