package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods in a namespace with a LimitRange. */
@Timeout(20)
final class LimitRangerTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private void range(String limits) {
    server.post(
        "/api/v1/namespaces/default/limitranges",
        "{'metadata':{'name':'r'},'spec':{'limits':[" + limits + "]}}");
  }

  private ObjectNode pod(String resources) {
    return server.post(
        "/api/v1/namespaces/default/pods",
        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i','resources':{"
            + resources
            + "}}]}}");
  }

  private String refusal(String resources) {
    return failure(() -> pod(resources)).getMessage();
  }

  @Test
  void fillsInWhatAContainerLeavesOut() {
    range(
        "{'type':'Container','default':{'cpu':'500m','memory':'64Mi'},"
            + "'defaultRequest':{'cpu':'100m','memory':'32Mi'}}");
    var pod = pod("'requests':{'cpu':'200m'}");
    assertEquals(
        "{\"requests\":{\"cpu\":\"200m\",\"memory\":\"32Mi\"},"
            + "\"limits\":{\"cpu\":\"500m\",\"memory\":\"64Mi\"}}",
        pod.at("/spec/containers/0/resources").toString());
    assertEquals("Burstable", pod.at("/status/qosClass").asText());
    assertEquals(
        "LimitRanger plugin set: memory request for container c; cpu, memory limit for container c",
        pod.at("/metadata/annotations").path("kubernetes.io/limit-ranger").asText());
  }

  @Test
  void refusesTooMuchAndTooLittle() {
    range("{'type':'Container','min':{'cpu':'100m'},'max':{'cpu':'500m'}}");
    assertEquals(
        "pods \"p\" is forbidden: maximum cpu usage per Container is 500m, but limit is 600m",
        refusal("'limits':{'cpu':'600m'},'requests':{'cpu':'200m'}"));
    assertEquals(
        "pods \"p\" is forbidden: minimum cpu usage per Container is 100m, but request is 50m",
        refusal("'limits':{'cpu':'200m'},'requests':{'cpu':'50m'}"));
    assertEquals(
        "pods \"p\" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m,"
            + " maximum cpu usage per Container is 500m, but limit is 1]",
        refusal("'limits':{'cpu':'1'},'requests':{'cpu':'50m'}"));
    pod("'limits':{'cpu':'300m'}");
  }

  @Test
  void looksAtThePodAsAWhole() {
    range("{'type':'Pod','max':{'memory':'1Gi'},'maxLimitRequestRatio':{'cpu':'2'}}");
    assertEquals(
        "pods \"p\" is forbidden: [maximum memory usage per Pod is 1Gi.  No limit is specified, cpu"
            + " max limit to request ratio per Pod is 2, but provided ratio is 3.000000]",
        refusal("'limits':{'cpu':'300m'},'requests':{'cpu':'100m'}"));
    pod("'limits':{'cpu':'200m','memory':'1Gi'},'requests':{'cpu':'100m'}");
  }

  @Test
  void anotherNamespacesRangesDoNotCount() {
    server.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}");
    server.post(
        "/api/v1/namespaces/other/limitranges",
        "{'metadata':{'name':'r'},'spec':{'limits':[{'type':'Container','max':{'cpu':'1m'}}]}}");
    assertEquals("BestEffort", pod("").at("/status/qosClass").asText());
  }

  @Test
  void claimsAreOfASizeBetween() {
    range("{'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'2Gi'}}");
    assertEquals(
        "persistentvolumeclaims \"c\" is forbidden: minimum storage usage per"
            + " PersistentVolumeClaim is 1Gi, but request is 500Mi",
        failure(() -> claim("500Mi")).getMessage());
    assertEquals(
        "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per"
            + " PersistentVolumeClaim is 2Gi, but request is 3Gi",
        failure(() -> claim("3Gi")).getMessage());
    claim("2Gi");
  }

  private void claim(String storage) {
    server.post(
        "/api/v1/namespaces/default/persistentvolumeclaims",
        "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'"
            + storage
            + "'}}}}");
  }
}
