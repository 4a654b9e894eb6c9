package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands below an object, patches through the verb, and the way of a pod. */
@Timeout(20)
final class SubresourceTest {
  private static final String POD = "/api/v1/namespaces/default/pods/p";

  private final TestServer server =
      new TestServer(
          (node, namespace, pod, container, query) -> {
            if (query.containsKey("previous")) {
              throw new IllegalStateException("a secret of the kubelet");
            }
            return new ByteArrayInputStream((node + "/" + pod + "/" + container).getBytes());
          });

  @BeforeEach
  void pod() {
    server.post(
        "/api/v1/namespaces/default/pods",
        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void bind(String node) {
    server.post(
        POD + "/binding",
        "{'metadata':{'name':'p'},'target':{'kind':'Node','name':'" + node + "'}}");
  }

  @Test
  void aBindingIsForGood() {
    bind("n1");
    var pod = server.get(POD);
    assertEquals("n1", pod.at("/spec/nodeName").asText());
    assertEquals("PodScheduled", pod.at("/status/conditions/0/type").asText());
    assertEquals("True", pod.at("/status/conditions/0/status").asText());
    assertEquals(
        "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node"
            + " \"n1\"",
        failure(() -> bind("n2")).getMessage());
    assertEquals(StatusReason.INVALID, failure(() -> bind("")).reason());
  }

  @Test
  void aBindingMayNameItsPodItself() {
    server.post(
        "/api/v1/namespaces/default/bindings",
        "{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n1'}}");
    assertEquals("n1", server.get(POD).at("/spec/nodeName").asText());
    assertEquals(
        StatusReason.METHOD_NOT_ALLOWED,
        failure(() -> server.get("/api/v1/namespaces/default/bindings")).reason());
  }

  @Test
  void theStatusAndTheRestAreApart() {
    var pod = server.get(POD).deepCopy();
    pod.withObject("/status").put("phase", "Running");
    pod.withObject("/metadata").withObject("/labels").put("from", "status");
    var running = server.put(POD + "/status", pod);
    assertEquals("Running", running.at("/status/phase").asText());
    running = running.deepCopy();
    running.withObject("/status").put("phase", "Failed");
    assertEquals("Running", server.put(POD, running).at("/status/phase").asText());
    var patched =
        server.patch(
            POD + "/status",
            "application/strategic-merge-patch+json",
            "{'status':{'conditions':[{'type':'Ready','status':'True'}],'phase':'Succeeded'}}");
    assertEquals("Succeeded", patched.at("/status/phase").asText());
  }

  @Test
  void patchesOfEveryKind() {
    var merged =
        server.patch(POD, "application/merge-patch+json", "{'metadata':{'labels':{'a':'1'}}}");
    assertEquals("1", merged.at("/metadata/labels/a").asText());
    var strategic =
        server.patch(
            POD,
            "application/strategic-merge-patch+json",
            "{'spec':{'containers':[{'name':'c','image':'j'}]}}");
    assertEquals("j", strategic.at("/spec/containers/0/image").asText());
    var json =
        server.patch(
            POD,
            "application/json-patch+json",
            "[{'op':'replace','path':'/metadata/labels/a','value':'2'}]");
    assertEquals("2", json.at("/metadata/labels/a").asText());
    assertEquals(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        failure(() -> server.patch(POD, "application/apply-patch+cbor", "{}")).reason());
    assertEquals(
        StatusReason.CONFLICT,
        failure(
                () ->
                    server.patch(
                        POD,
                        "application/merge-patch+json",
                        "{'metadata':{'resourceVersion':'1'}}"))
            .reason());
  }

  @Test
  void manyPatchesAtOnceAllCount() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      var label = "l" + i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      server.patch(
                          POD,
                          "application/merge-patch+json",
                          "{'metadata':{'labels':{'" + label + "':'x'}}}")));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertEquals(8, server.get(POD).at("/metadata/labels").size());
  }

  @Test
  void unknownFieldsAreRefusedOrWarnedOf() {
    var body = "{'metadata':{'name':'u'},'spec':{'foo':1,'containers':[{'name':'c','image':'i'}]}}";
    var pods = "/api/v1/namespaces/default/pods";
    assertEquals(
        "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field"
            + " \"spec.foo\"",
        failure(() -> server.post(pods + "?fieldValidation=Strict", body)).getMessage());
    var warned =
        assertInstanceOf(
            Reply.Found.class,
            server.ask("POST", pods + "?fieldValidation=Warn", "", new Body.Tree(json(body))));
    assertEquals(List.of("unknown field \"spec.foo\""), warned.warnings());
    assertFalse(warned.document().tree().path("spec").has("foo"));
  }

  @Test
  void evictionDeletes() {
    var status = server.post(POD + "/eviction", "{'metadata':{'name':'p'}}");
    assertEquals("Success", status.get("status").asText());
    assertEquals(StatusReason.NOT_FOUND, failure(() -> server.get(POD)).reason());
  }

  @Test
  void logsComeFromTheNode() throws IOException {
    bind("n1");
    var reply =
        assertInstanceOf(Reply.Stream.class, server.ask("GET", POD + "/log", "", Body.NONE));
    try (var bytes = reply.bytes()) {
      assertEquals("n1/p/c", new String(bytes.readAllBytes()));
    }
    assertEquals(
        "container x is not valid for pod p",
        failure(() -> server.get(POD + "/log?container=x")).getMessage());
    assertTrue(
        failure(() -> server.get(POD + "/log?tailLines=-1"))
            .getMessage()
            .startsWith("PodLogOptions \"\" is invalid: tailLines: Invalid value"));
  }

  @Test
  void whatNobodyForesawIs500AndTellsNothing() {
    bind("n1");
    var failure = failure(() -> server.get(POD + "/log?previous=true"));
    assertEquals(500, failure.code());
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
  }

  @Test
  void aNamespaceGoesWithItsLastFinalizer() {
    server.post("/api/v1/namespaces", "{'metadata':{'name':'n'}}");
    server.delete("/api/v1/namespaces/n");
    server.put("/api/v1/namespaces/n/finalize", json("{'metadata':{'name':'n'},'spec':{}}"));
    assertEquals(
        StatusReason.NOT_FOUND, failure(() -> server.get("/api/v1/namespaces/n")).reason());
  }

  @Test
  void whatIsNotThereSaysSo() {
    assertEquals(StatusReason.NOT_FOUND, failure(() -> server.get(POD + "/spam")).reason());
    assertEquals(
        StatusReason.METHOD_NOT_ALLOWED, failure(() -> server.get(POD + "/binding")).reason());
  }

  @Test
  void aResizeChangesCpuAndMemoryAndNothingElse() {
    server.post(
        "/api/v1/namespaces/default/pods",
        "{'metadata':{'name':'sized'},'spec':{'containers':[{'name':'c','image':'i','resources':{"
            + "'requests':{'cpu':'1'},'limits':{'cpu':'2'}}}]}}");
    var path = "/api/v1/namespaces/default/pods/sized";
    var resized =
        server.patch(
            path + "/resize",
            STRATEGIC,
            "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'other',"
                + "'resources':{'requests':{'cpu':'1500m'}}}]}}");
    assertEquals("1500m", resized.at("/spec/containers/0/resources/requests/cpu").asText());
    assertEquals("i", resized.at("/spec/containers/0/image").asText());
    assertTrue(resized.at("/metadata/labels").isMissingNode());
    assertEquals(2, resized.at("/metadata/generation").asInt());
    var replaced = server.get(path);
    ((ObjectNode) replaced.at("/spec/containers/0/resources/requests")).put("cpu", "1");
    assertEquals(3, server.put(path + "/resize", replaced).at("/metadata/generation").asInt());
    refuseResize(path, "'limits':{'cpu':null}", "limits cannot be removed");
    refuseResize(path, "'limits':{'example.com/dongle':'1'}", "only cpu and memory resources are");
    refuseResize(
        path,
        "'requests':{'cpu':'2','memory':'1Gi'},'limits':{'memory':'1Gi'}",
        "Pod QOS Class may not change as a result of resizing");
  }

  private void refuseResize(String path, String resources, String why) {
    var patch = "{'spec':{'containers':[{'name':'c','resources':{%s}}]}}".formatted(resources);
    var refusal = failure(() -> server.patch(path + "/resize", STRATEGIC, patch));
    assertEquals(StatusReason.INVALID, refusal.reason());
    assertTrue(refusal.getMessage().contains(why), refusal::getMessage);
  }

  @Test
  void theWayOfAPodIsToldHopByHop() {
    var trace = server.get("/jkube/v1/pods/default/p/trace");
    assertEquals("accepted", trace.at("/hops/0/step").asText());
    assertEquals("alice", trace.at("/hops/0/detail/user").asText());
    assertEquals("stored", trace.at("/hops/1/step").asText());
    assertEquals(TestServer.version(server.get(POD)), trace.at("/hops/1/revision").asText());
  }

  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  private static String ephemeral(String fields) {
    return "{'spec':{'ephemeralContainers':[{'name':'look'," + fields + "}]}}";
  }

  private ApiException refusedEphemeral(String fields) {
    return failure(() -> server.patch(POD + "/ephemeralcontainers", STRATEGIC, ephemeral(fields)));
  }

  @Test
  void ephemeralContainersComeThroughTheirSubresourceAndStay() {
    var path = POD + "/ephemeralcontainers";
    var before = server.get(POD);
    var patch = ephemeral("'image':'box:1','targetContainerName':'c'");
    var pod = server.patch(path, STRATEGIC, patch);
    assertEquals("IfNotPresent", pod.at("/spec/ephemeralContainers/0/imagePullPolicy").asText());
    assertEquals(2, pod.at("/metadata/generation").asInt());
    assertEquals(before.at("/metadata/uid"), pod.at("/metadata/uid"));
    assertEquals(server.get(POD), server.get(path));

    var other = pod.deepCopy();
    other.withObject("/metadata").withObject("/labels").put("not", "here");
    other.withObject("/spec").put("activeDeadlineSeconds", 5);
    other
        .withObject("/spec")
        .withArray("ephemeralContainers")
        .addObject()
        .put("name", "second")
        .put("image", "box:1");
    pod = server.put(path, other);
    assertEquals(2, pod.at("/spec/ephemeralContainers").size());
    assertFalse(pod.path("metadata").has("labels"));
    assertFalse(pod.path("spec").has("activeDeadlineSeconds"));

    assertEquals(
        "Pod \"p\" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers"
            + " \"look\" may not be changed\n",
        refusedEphemeral("'image':'box:2'").getMessage());
    var without = pod.deepCopy();
    without.withObject("/spec").remove("ephemeralContainers");
    assertTrue(
        failure(() -> server.put(path, without))
            .getMessage()
            .contains("existing ephemeral containers \"second\" may not be removed"));
  }

  @Test
  void ephemeralContainersHaveLessThanOthers() {
    assertEquals(
        "Pod \"p\" is invalid: spec.ephemeralContainers[0].targetContainerName: Not found: \"no\"",
        refusedEphemeral("'image':'i','targetContainerName':'no'").getMessage());
    for (var field :
        List.of(
            "'ports':[{'containerPort':80}]",
            "'resources':{'limits':{'cpu':'1'}}",
            "'livenessProbe':{'tcpSocket':{'port':80}}",
            "'lifecycle':{'preStop':{'sleep':{'seconds':1}}}")) {
      var name = field.substring(1, field.indexOf("':"));
      assertTrue(
          refusedEphemeral("'image':'i'," + field)
              .getMessage()
              .contains(
                  "spec.ephemeralContainers[0]."
                      + name
                      + ": Forbidden: cannot be set for an Ephemeral Container"),
          field);
    }
    var patch = "{'spec':{'ephemeralContainers':[{'name':'c','image':'i'}]}}";
    assertEquals(
        "Pod \"p\" is invalid: spec.ephemeralContainers[0].name: Duplicate value: \"c\"",
        failure(() -> server.patch(POD + "/ephemeralcontainers", STRATEGIC, patch)).getMessage());
    var created =
        "{'metadata':{'name':'q'},'spec':{'containers':[{'name':'c','image':'i'}],"
            + "'ephemeralContainers':[{'name':'look','image':'i'}]}}";
    assertEquals(
        "Pod \"q\" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create",
        failure(() -> server.post("/api/v1/namespaces/default/pods", created)).getMessage());
  }
}
