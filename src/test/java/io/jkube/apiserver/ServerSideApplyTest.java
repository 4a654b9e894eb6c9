package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Server-side apply and managedFields, as clients see them. */
final class ServerSideApplyTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps/";
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String PODS = "/api/v1/namespaces/default/pods/";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode applyMap(String query, String data) {
    return server.apply(
        MAPS + "m?" + query,
        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m'},'data':{" + data + "}}");
  }

  /** {@code manager operation fields}, an entry each. */
  private static List<String> managers(ObjectNode object) {
    var managers = new ArrayList<String>();
    for (var entry : object.at("/metadata/managedFields")) {
      var subresource = entry.path("subresource").asText();
      managers.add(
          entry.path("manager").asText()
              + (subresource.isEmpty() ? "" : "/" + subresource)
              + " "
              + entry.path("operation").asText()
              + " "
              + entry.path("fieldsV1").toString().replace('"', '\''));
    }
    return managers;
  }

  @Test
  void makesTheObjectWhereThereIsNone() {
    var made = applyMap("fieldManager=me", "'a':'1'");
    assertEquals("1", made.at("/data/a").asText());
    assertEquals(List.of("me Apply {'f:data':{'f:a':{}}}"), managers(made));
    assertEquals(made, server.get(MAPS + "m"));
  }

  @Test
  void refusesToChangeWhatAnotherManages() {
    applyMap("fieldManager=me", "'a':'1','b':'2'");
    var conflict = failure(() -> applyMap("fieldManager=you", "'a':'2','b':'2'"));
    assertEquals(409, conflict.code());
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"me\": .data.a", conflict.getMessage());
    assertEquals(
        TestServer.json(
            "{'causes':[{'reason':'FieldManagerConflict',"
                + "'message':'conflict with \\'me\\'','field':'.data.a'}]}".replace("\\'", "\\\"")),
        conflict.status().get("details"));
    var forced = applyMap("fieldManager=you&force=true", "'a':'2','b':'2'");
    assertEquals("2", forced.at("/data/a").asText());
    assertEquals(
        List.of("me Apply {'f:data':{'f:b':{}}}", "you Apply {'f:data':{'f:a':{},'f:b':{}}}"),
        managers(forced).stream().sorted().toList());
  }

  @Test
  void namesEveryConflictOfEveryManager() {
    server.ask(
        "POST",
        "/api/v1/namespaces/default/configmaps?fieldManager=creator",
        "application/json",
        new Body.Tree(TestServer.json("{'metadata':{'name':'m'},'data':{'x':'1','y':'1'}}")));
    applyMap("fieldManager=me", "'a':'1'");
    var conflict = failure(() -> applyMap("fieldManager=you", "'a':'2','x':'2','y':'2'"));
    assertEquals(
        """
        Apply failed with 3 conflicts: conflicts with "creator" using v1:
        - .data.x
        - .data.y
        conflicts with "me":
        - .data.a""",
        conflict.getMessage());
  }

  @Test
  void takesAwayWhatIsAppliedNoMore() {
    applyMap("fieldManager=me", "'a':'1','b':'2'");
    applyMap("fieldManager=you", "'b':'2','c':'3'");
    var left = applyMap("fieldManager=me", "'d':'4'");
    assertEquals(TestServer.json("{'b':'2','c':'3','d':'4'}"), left.get("data"));
  }

  /** {@code jkube export} knows by this which node ports somebody asked for. */
  @Test
  void aNodePortIsManagedByWhoSendsItAndNobodyWhereTheServerChoseIt() {
    var ports = "{'name':'a','port':80},{'name':'b','port':81,'nodePort':30123}";
    server.post(SERVICES, service("NodePort", ports.replace("80", "80,'nodePort':0")));
    assertNodePorts("s");
    server.delete(SERVICES + "/s");
    server.post(SERVICES, service("ClusterIP", "{'name':'a','port':80},{'name':'b','port':81}"));
    server.patch(
        SERVICES + "/s",
        "application/strategic-merge-patch+json",
        "{'spec':{'type':'NodePort','ports':[{'port':81,'nodePort':30123}]}}");
    assertNodePorts("s");
    server.apply(
        SERVICES + "/t?fieldManager=me",
        service("NodePort", ports.replace("30123", "30124")).replace("'s'", "'t'"));
    assertNodePorts("t");
  }

  private void assertNodePorts(String name) {
    var service = server.get(SERVICES + "/" + name);
    service.at("/spec/ports").forEach(port -> assertTrue(port.has("nodePort"), service::toString));
    var managed = service.at("/metadata/managedFields/0/fieldsV1/f:spec/f:ports");
    assertFalse(port(managed, 80).has("f:nodePort"), service::toString);
    assertTrue(port(managed, 80).has("f:port"), service::toString);
    assertTrue(port(managed, 81).has("f:nodePort"), service::toString);
  }

  private static JsonNode port(JsonNode managed, int port) {
    return managed.path("k:{\"port\":" + port + ",\"protocol\":\"TCP\"}");
  }

  private static String service(String type, String ports) {
    return "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'type':'"
        + type
        + "','ports':["
        + ports
        + "]}}";
  }

  @Test
  void listsOfMapsMergeByTheirKeys() {
    server.apply(
        PODS + "p?fieldManager=me",
        pod(
            "{'name':'a','image':'one','ports':[{'containerPort':80}]},{'name':'b','image':'two'}"));
    var both = server.apply(PODS + "p?fieldManager=you", pod("{'name':'b','image':'two'}"));
    assertEquals(2, both.at("/spec/containers").size());
    assertEquals("Always", both.at("/spec/containers/0/imagePullPolicy").asText());
    var keyOfB = "'k:{\\'name\\':\\'b\\'}':{'.':{},'f:image':{},'f:name':{}}";
    var keyOfPort = "'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}'";
    assertEquals(
        List.of(
            "you Apply {'f:spec':{'f:containers':{" + keyOfB + "}}}",
            "me Apply {'f:spec':{'f:containers':{'k:{\\'name\\':\\'a\\'}':{'.':{},'f:image':{},"
                + "'f:name':{},'f:ports':{"
                + keyOfPort
                + ":{'.':{},'f:containerPort':{}}}},"
                + keyOfB
                + "}}}"),
        managers(both));
  }

  private static String pod(String containers) {
    return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'containers':["
        + containers
        + "]}}";
  }

  private ObjectNode createMap(String query, String data) {
    var body = "{'metadata':{'name':'m'},'data':{" + data + "}}";
    return server.post("/api/v1/namespaces/default/configmaps?" + query, body);
  }

  private static final String MERGE = "application/merge-patch+json";

  @Test
  void anApplierHasToSayItsName() {
    var nameless = failure(() -> applyMap("", "'a':'1'"));
    assertEquals(422, nameless.code());
    assertEquals(
        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
            + " apply patch",
        nameless.getMessage());
    createMap("", "'a':'1'");
    assertEquals(
        "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
            + " non-apply patch",
        failure(() -> server.patch(MAPS + "m?force=true", MERGE, "{}")).getMessage());
    assertEquals(
        422, failure(() -> createMap("fieldManager=" + "x".repeat(129), "'a':'1'")).code());
  }

  @Test
  void refusesWhatIsNoConfigurationOfTheKind() {
    var head = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m'";
    var path = MAPS + "m?fieldManager=me";
    assertEquals(
        "failed to create typed patch object (/m; /v1, Kind=ConfigMap): .foo: field not declared in"
            + " schema",
        failure(() -> server.apply(path, head + "},'foo':1}")).getMessage());
    assertEquals(
        "metadata.managedFields must be nil",
        failure(() -> server.apply(path, head + ",'managedFields':[]}}")).getMessage());
    assertEquals(
        "Incorrect version specified in apply patch. Specified patch version: v2, expected: v1",
        failure(() -> server.apply(path, head.replace("v1", "v2") + "}}")).getMessage());
    assertEquals(
        "Operation cannot be fulfilled on configmaps \"m\": uid mismatch: the provided object"
            + " specified uid u, and no existing object was found",
        failure(() -> server.apply(path, head + ",'uid':'u'}}")).getMessage());
    assertEquals(400, failure(() -> server.apply(path, "[]")).code());
    assertEquals(400, failure(() -> server.apply(path, "{'a':")).code());
    assertEquals(
        StatusReason.NOT_FOUND,
        failure(
                () ->
                    server.apply(
                        PODS + "p/status?fieldManager=me",
                        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}}"))
            .reason());
  }

  @Test
  void keysThatStandTwiceAreWarnedOfOrRefused() {
    var yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  a: one\n  a: two\n";
    var why =
        "error converting YAML to JSON: yaml: unmarshal errors:\n  line 7: key \"a\" already set in"
            + " map";
    var strict = applyYaml(yaml, "&fieldValidation=Strict");
    assertEquals(
        "error strict decoding patch: " + why, ((Reply.Failed) strict).failure().getMessage());
    var warned = (Reply.Found) applyYaml(yaml, "");
    assertEquals(List.of(why), warned.warnings());
    assertEquals("two", warned.document().tree().at("/data/a").asText());
    assertEquals(List.of(), ((Reply.Found) applyYaml(yaml, "&fieldValidation=Ignore")).warnings());
  }

  private Reply applyYaml(String yaml, String query) {
    return server.ask(
        "PATCH",
        MAPS + "m?fieldManager=me" + query,
        "application/apply-patch+yaml",
        new Body.Encoded(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aDryRunAppliesAndKeepsNothing() {
    var dry = applyMap("fieldManager=me&dryRun=All", "'a':'1'");
    assertEquals("1", dry.at("/data/a").asText());
    assertEquals(404, failure(() -> server.get(MAPS + "m")).code());
    var made = applyMap("fieldManager=me", "'a':'1'");
    var changed = applyMap("fieldManager=me&dryRun=All", "'a':'2'");
    assertEquals("2", changed.at("/data/a").asText());
    assertEquals(TestServer.version(made), TestServer.version(changed));
    assertEquals(made, server.get(MAPS + "m"));
  }

  @Test
  void aWriteThatChangesNothingKeepsTheRevision() {
    var made = applyMap("fieldManager=me", "'a':'1'");
    assertEquals(made, applyMap("fieldManager=me", "'a':'1'"));
    assertEquals(made, server.put(MAPS + "m", server.get(MAPS + "m")));
    assertEquals(made, server.patch(MAPS + "m", MERGE, "{'data':{'a':'1'}}"));
    var shared = applyMap("fieldManager=you", "'a':'1'");
    assertEquals(2, shared.at("/metadata/managedFields").size(), "to manage a field is a change");
  }

  @Test
  void aRevisionInTheConfigurationIsACondition() {
    var made = applyMap("fieldManager=me", "'a':'1'");
    applyMap("fieldManager=me", "'a':'2'");
    var late =
        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','resourceVersion':'"
            + TestServer.version(made)
            + "'},'data':{'a':'3'}}";
    assertEquals(
        StatusReason.CONFLICT,
        failure(() -> server.apply(MAPS + "m?fieldManager=me", late)).reason());
  }

  @Test
  void everyWriteIsRecorded() {
    createMap("fieldManager=one", "'a':'1','b':'1'");
    server.patch(MAPS + "m?fieldManager=two", MERGE, "{'data':{'b':'2','c':'2'}}");
    var replaced = server.get(MAPS + "m").deepCopy();
    ((ObjectNode) replaced.get("data")).remove("a");
    var written = server.put(MAPS + "m?fieldManager=three", replaced);
    assertEquals(
        List.of("one Update {'f:data':{}}", "two Update {'f:data':{'f:b':{},'f:c':{}}}"),
        managers(written));
  }

  @Test
  void withoutANameTheProgramInTheUserAgentIsTheManager() {
    assertEquals(
        List.of("test Update {'f:data':{'.':{},'f:a':{}}}"), managers(createMap("", "'a':'1'")));
  }

  @Test
  void aClientMayResetAndReplaceTheManagers() {
    createMap("fieldManager=one", "'a':'1'");
    var kept = server.patch(MAPS + "m", MERGE, "{'metadata':{'managedFields':[{'manager':'x'}]}}");
    assertEquals(
        "one", kept.at("/metadata/managedFields/0/manager").asText(), "nonsense is ignored");
    var replaced =
        server.patch(
            MAPS + "m",
            MERGE,
            "{'metadata':{'managedFields':[{'manager':'x','operation':'Update','apiVersion':'v1',"
                + "'fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:a':{}}}}]}}");
    assertEquals(List.of("x Update {'f:data':{'f:a':{}}}"), managers(replaced));
    var reset = server.patch(MAPS + "m", MERGE, "{'metadata':{'managedFields':[{}]}}");
    assertEquals(List.of(), managers(reset));
    var untracked = server.patch(MAPS + "m?fieldManager=two", MERGE, "{'data':{'b':'2'}}");
    assertEquals(List.of(), managers(untracked));
    var conflict = failure(() -> applyMap("fieldManager=me", "'a':'2'"));
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a",
        conflict.getMessage());
  }

  @Test
  void tooManyUpdatersAreRememberedTogether() {
    createMap("fieldManager=m0", "'k0':'v'");
    for (int i = 1; i < 13; i++) {
      var path = MAPS + "m?fieldManager=m" + i;
      server.patch(path, MERGE, "{'data':{'k" + i + "':'v'}}");
    }
    var managers = managers(server.get(MAPS + "m"));
    assertEquals(10, managers.size(), managers::toString);
    assertTrue(managers.stream().anyMatch(entry -> entry.startsWith("ancient-changes Update ")));
    assertTrue(managers.stream().anyMatch(entry -> entry.startsWith("m12 Update ")));
  }

  @Test
  void kubectlTakesOverWhatItAppliedAsAClient() {
    var last = "{\\'apiVersion\\':\\'v1\\',\\'data\\':{\\'a\\':\\'1\\'}}".replace("\\'", "\\\"");
    server.post(
        "/api/v1/namespaces/default/configmaps?fieldManager=kubectl-client-side-apply",
        "{'metadata':{'name':'m','annotations':{'kubectl.kubernetes.io/last-applied-configuration':'"
            + last
            + "'}},'data':{'a':'1','b':'1'}}");
    var conflict = failure(() -> applyMap("fieldManager=kubectl", "'a':'2','b':'2'"));
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1:"
            + " .data.b",
        conflict.getMessage());
    var taken = applyMap("fieldManager=kubectl", "'a':'2'");
    assertEquals("2", taken.at("/data/a").asText());
    assertEquals(
        "{\"apiVersion\":\"v1\",\"data\":{\"a\":\"2\"},\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"}}\n",
        taken
            .path("metadata")
            .path("annotations")
            .path("kubectl.kubernetes.io/last-applied-configuration")
            .asText());
  }

  @Test
  void theStatusIsManagedThroughItsOwnDoor() {
    server.apply(PODS + "p?fieldManager=me", pod("{'name':'a','image':'one'}"));
    var status =
        server.apply(
            PODS + "p/status?fieldManager=kubelet",
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'nodeName':'n'},"
                + "'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}");
    assertEquals("Running", status.at("/status/phase").asText());
    assertTrue(status.at("/spec/nodeName").isMissingNode());
    var entry =
        "kubelet/status Apply {'f:status':{'f:conditions':{'k:{\\'type\\':\\'Ready\\'}':{'.':{},"
            + "'f:status':{},'f:type':{}}},'f:phase':{}}}";
    assertTrue(managers(status).contains(entry), () -> managers(status).toString());
    assertEquals(
        server.get(PODS + "p").at("/metadata/generation"), status.at("/metadata/generation"));
    var conflict =
        failure(
            () ->
                server.apply(
                    PODS + "p/status?fieldManager=other",
                    "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},"
                        + "'status':{'phase':'Failed'}}"));
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"kubelet\" with subresource \"status\":"
            + " .status.phase",
        conflict.getMessage());
  }

  @Test
  void aScaleIsAppliedAndManagedInTheScaledObject() {
    var path = "/apis/apps/v1/namespaces/default/deployments/d";
    server.apply(
        path + "?fieldManager=me",
        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'replicas':1,"
            + "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
            + "'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
    var three =
        "{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'d'},'spec':{'replicas':3}}";
    var conflict = failure(() -> server.apply(path + "/scale?fieldManager=you", three));
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"me\": .spec.replicas",
        conflict.getMessage());
    var scaled = server.apply(path + "/scale?fieldManager=you&force=true", three);
    assertEquals("Scale", scaled.path("kind").asText());
    var deployment = server.get(path);
    assertEquals(3, deployment.at("/spec/replicas").asInt());
    assertEquals(2, deployment.at("/metadata/generation").asInt());
    var managers = managers(deployment);
    assertTrue(
        managers.contains("you/scale Apply {'f:spec':{'f:replicas':{}}}"), managers::toString);
    assertTrue(managers.stream().noneMatch(e -> e.startsWith("me ") && e.contains("f:replicas")));
  }

  @Test
  void managersOfOtherVersionsKeepWhatIsTheirs() {
    var path = "/apis/autoscaling/%s/namespaces/default/horizontalpodautoscalers/h?fieldManager=%s";
    var autoscaler =
        "{'apiVersion':'autoscaling/%s','kind':'HorizontalPodAutoscaler','metadata':{'name':'h'},"
            + "'spec':{'maxReplicas':%s,'scaleTargetRef':{'kind':'Deployment','name':'d'}}}";
    var two = autoscaler.replace("'maxReplicas'", "'minReplicas':2,'maxReplicas'");
    server.apply(path.formatted("v2", "me"), two.formatted("v2", 5));
    var conflict =
        failure(() -> server.apply(path.formatted("v1", "you"), autoscaler.formatted("v1", 7)));
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"me\": .spec.maxReplicas",
        conflict.getMessage());
    var shared = server.apply(path.formatted("v1", "you"), autoscaler.formatted("v1", 5));
    assertEquals(2, shared.at("/metadata/managedFields").size());
    assertEquals(2, shared.at("/spec/minReplicas").asInt());
    var pruned = server.apply(path.formatted("v1", "me"), autoscaler.formatted("v1", 5));
    assertEquals(1, pruned.at("/spec/minReplicas").asInt(), "the default, as nobody wants another");
  }
}
