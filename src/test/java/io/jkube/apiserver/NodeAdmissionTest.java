package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What new nodes get, and what pods get of their nodes. */
final class NodeAdmissionTest {
  private static final String NODES = "/api/v1/nodes";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String PLACE =
      "'topology.kubernetes.io/region':'r','topology.kubernetes.io/zone':'z'";

  private final TestServer server = new TestServer();

  @BeforeEach
  void node() {
    server.post(NODES, "{'metadata':{'name':'n','labels':{'other':'o'," + PLACE + "}}}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String labels(String metadata, String node) {
    var spec = "'spec':{" + node + "'containers':[{'name':'c','image':'i'}]}";
    server.post(PODS, "{'metadata':{'name':'p'" + metadata + "}," + spec + "}");
    return labels();
  }

  private String labels() {
    return server.get(PODS + "/p").at("/metadata/labels").toString().replace('"', '\'');
  }

  private void bind(String metadata) {
    server.post(
        PODS + "/p/binding",
        "{'metadata':{'name':'p'" + metadata + "},'target':{'kind':'Node','name':'n'}}");
  }

  @Test
  void aBoundPodGetsThePlaceOfItsNode() {
    assertEquals(
        "{'a':'b','topology.kubernetes.io/zone':'mine'}",
        labels(",'labels':{'a':'b','topology.kubernetes.io/zone':'mine'}", ""));
    bind("");
    assertEquals(
        "{'a':'b','topology.kubernetes.io/zone':'z','topology.kubernetes.io/region':'r'}",
        labels());
  }

  @Test
  void labelsOfTheBindingComeToThePod() {
    labels("", "");
    bind(",'labels':{'x':'y','topology.kubernetes.io/zone':'binding'}");
    assertEquals(
        "{'topology.kubernetes.io/region':'r','topology.kubernetes.io/zone':'binding','x':'y'}",
        labels());
  }

  @Test
  void aPodMadeWithItsNodeKeepsItsOwnLabels() {
    assertEquals(
        "{'topology.kubernetes.io/zone':'mine','topology.kubernetes.io/region':'r'}",
        labels(",'labels':{'topology.kubernetes.io/zone':'mine'}", "'nodeName':'n',"));
  }

  @Test
  void aNodeNobodyKnowsHasNoPlace() {
    assertEquals("", labels("", "'nodeName':'gone',"));
  }

  private String taints(String name, String more) {
    return server
        .post(NODES, "{'metadata':{'name':'" + name + "'}" + more + "}")
        .at("/spec/taints")
        .toString()
        .replace('"', '\'');
  }

  @Test
  void aNewNodeThatIsNotReadyIsTainted() {
    var taint = "{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}";
    var waiting = ",'status':{'conditions':[{'type':'Ready','status':'False'}]}";
    assertEquals("[" + taint + "]", taints("waiting", waiting));
    var known = waiting + ",'spec':{'taints':[" + taint + "]}";
    assertEquals("[" + taint + "]", taints("tainted", known));
    assertEquals("", taints("ready", waiting.replace("False", "True")));
    assertEquals("", taints("silent", ""));
  }
}
