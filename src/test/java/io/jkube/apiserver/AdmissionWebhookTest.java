package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.names;
import static io.jkube.apiserver.TestWebhook.allow;
import static io.jkube.apiserver.TestWebhook.deny;
import static io.jkube.apiserver.TestWebhook.patch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conformance entries of "AdmissionWebhook" demand, and the rules around them. */
@Timeout(30)
final class AdmissionWebhookTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String HOOKS = "/apis/admissionregistration.k8s.io/v1/";
  private static TestKeys keys;

  private final TestServer server = new TestServer();
  private TestWebhook webhook;

  @BeforeAll
  static void makeKeys(@TempDir Path folder) throws Exception {
    keys = new TestKeys(folder);
  }

  @BeforeEach
  void open() throws Exception {
    webhook = new TestWebhook(keys);
    webhook.on("/allow", request -> allow());
    webhook.on("/deny", request -> deny("no"));
  }

  @AfterEach
  void close() {
    webhook.close();
    server.close();
  }

  private ObjectNode configuration(String kind, String name, String... webhooks) {
    var joined = String.join(",", webhooks);
    return server.post(
        HOOKS + kind + "webhookconfigurations",
        "{'metadata':{'name':'" + name + "','labels':{'t':'x'}},'webhooks':[" + joined + "]}");
  }

  private String hook(String path, String operations, String resources, String more)
      throws Exception {
    return "{'name':'%s.example.com','clientConfig':%s,'admissionReviewVersions':['v1'],'sideEffects':'None','rules':[{'operations':[%s],'apiGroups':['*'],'apiVersions':['*'],'resources':[%s]}]%s}"
        .formatted(path.substring(1) + ".hooks", webhook.at(path), operations, resources, more);
  }

  private String hook(String path) throws Exception {
    return hook(path, "'*'", "'configmaps'", "");
  }

  private ObjectNode map(String name, String data) {
    return server.post(MAPS, "{'metadata':{'name':'" + name + "'},'data':{" + data + "}}");
  }

  @Test
  void aWebhookThatWasJustConfiguredRefusesTheNextRequest() throws Exception {
    configuration("validating", "v", hook("/deny"));
    var refused = failure(() -> map("a", ""));
    assertEquals(
        "admission webhook \"deny.hooks.example.com\" denied the request: no",
        refused.getMessage());
    assertEquals(400, refused.code());
    assertEquals("Failure", refused.status().path("status").asText());
    server.delete(HOOKS + "validatingwebhookconfigurations/v");
    map("a", "");
  }

  @Test
  void theWebhooksOwnStatusIsTheAnswer() throws Exception {
    webhook.on(
        "/teapot",
        request -> {
          var response = Json.object().put("allowed", false);
          response.putObject("status").put("code", 418).put("reason", "Tea");
          return response;
        });
    configuration("validating", "v", hook("/teapot"));
    var refused = failure(() -> map("a", ""));
    assertEquals(418, refused.code());
    assertEquals(
        "admission webhook \"teapot.hooks.example.com\" denied the request: Tea",
        refused.getMessage());
  }

  @Test
  void isAskedAboutUpdatesPatchesAndDeletions() throws Exception {
    map("a", "'k':'v'");
    configuration("validating", "v", hook("/allow"));
    server.patch(MAPS + "/a?fieldManager=me", "application/merge-patch+json", "{'data':{'k':'w'}}");
    var update = webhook.last();
    assertEquals("UPDATE", update.path("operation").asText());
    assertEquals("w", update.at("/object/data/k").asText());
    assertEquals("v", update.at("/oldObject/data/k").asText());
    assertEquals("PatchOptions", update.at("/options/kind").asText());
    assertEquals("me", update.at("/options/fieldManager").asText());
    assertEquals("alice", update.at("/userInfo/username").asText());
    server.delete(MAPS + "/a", "{'gracePeriodSeconds':0,'propagationPolicy':'Background'}");
    var deletion = webhook.last();
    assertEquals("DELETE", deletion.path("operation").asText());
    assertTrue(deletion.path("object").isNull());
    assertEquals("w", deletion.at("/oldObject/data/k").asText());
    assertEquals("Background", deletion.at("/options/propagationPolicy").asText());
    assertEquals(
        "{\"group\":\"\",\"version\":\"v1\",\"resource\":\"configmaps\"}",
        deletion.path("resource").toString());
  }

  @Test
  void laterWebhooksSeeWhatEarlierOnesChanged() throws Exception {
    webhook.on("/one", request -> patch("[{'op':'add','path':'/data/one','value':'1'}]"));
    webhook.on(
        "/two",
        request ->
            request.at("/object/data").has("one")
                ? patch("[{'op':'add','path':'/data/two','value':'2'}]")
                : allow());
    configuration("mutating", "m", hook("/one"), hook("/two"));
    assertEquals(
        "{\"start\":\"0\",\"one\":\"1\",\"two\":\"2\"}",
        map("a", "'start':'0'").path("data").toString());
  }

  @Test
  void whatAWebhookAddsIsDefaultedAndPruned() throws Exception {
    webhook.on(
        "/init",
        request ->
            patch(
                "[{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','bogus':1}]}]"));
    configuration("mutating", "m", hook("/init", "'CREATE'", "'pods'", ""));
    var pod =
        server.post(
            PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
    var added = pod.at("/spec/initContainers/0");
    assertEquals("File", added.path("terminationMessagePolicy").asText());
    assertFalse(added.has("bogus"));
    assertEquals(
        "/var/run/secrets/kubernetes.io/serviceaccount",
        added.at("/volumeMounts/0/mountPath").asText(),
        "the plugins that are built in see it, too");
  }

  @Test
  void aWebhookThatWishesSoIsAskedAgainWhenOthersChangedTheObject() throws Exception {
    webhook.on(
        "/first",
        request ->
            request.at("/object/data").has("late")
                ? patch("[{'op':'add','path':'/data/saw','value':'late'}]")
                : allow());
    webhook.on(
        "/second",
        request ->
            request.at("/object/data").has("late")
                ? allow()
                : patch("[{'op':'add','path':'/data/late','value':'y'}]"));
    configuration(
        "mutating",
        "m",
        hook("/first", "'*'", "'configmaps'", ",'reinvocationPolicy':'IfNeeded'"),
        hook("/second"));
    assertEquals("late", map("a", "'k':'v'").at("/data/saw").asText());
    assertEquals(List.of("/first", "/second", "/first"), webhook.asked());
  }

  @Test
  void aWebhookThatCannotBeReachedRefusesUnlessItMayBeIgnored() throws Exception {
    var nowhere = "{'url':'https://127.0.0.1:1/x'}";
    var gone = hook("/allow").replace(webhook.at("/allow").replace("\"", "'"), nowhere);
    configuration("validating", "v", gone);
    var refused = failure(() -> map("a", ""));
    assertEquals(500, refused.code());
    assertEquals(
        "Internal error occurred: failed calling webhook \"allow.hooks.example.com\": failed to"
            + " call webhook: Post \"https://127.0.0.1:1/x?timeout=10s\": connect: connection"
            + " refused",
        refused.getMessage());
    server.delete(HOOKS + "validatingwebhookconfigurations/v");
    configuration("validating", "v", gone.replace("'rules'", "'failurePolicy':'Ignore','rules'"));
    map("a", "");
    var metrics = new String(((Reply.Text) server.ask("GET", "/metrics", "", Body.NONE)).bytes());
    assertTrue(
        metrics.contains(
            "apiserver_admission_webhook_fail_open_count{name=\"allow.hooks.example.com\",type=\"validating\"} 1"),
        metrics);
    assertTrue(
        metrics.contains(
            "apiserver_admission_webhook_rejection_count{name=\"allow.hooks.example.com\",type=\"validating\",operation=\"CREATE\",error_type=\"calling_webhook_error\",rejection_code=\"500\"} 1"),
        metrics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/answer", "/patch"})
  void anAnswerWithANumberThatNoFloatHoldsIsAFailedCall(String path) throws Exception {
    webhook.on(
        "/answer",
        request -> {
          var response = allow();
          response.putRawValue("huge", new RawValue("1e400"));
          return response;
        });
    webhook.on("/patch", request -> patch("[{'op':'add','path':'/data','value':1e400}]"));
    configuration("mutating", "m", hook(path));
    var refused = failure(() -> map("a", ""));
    assertEquals(500, refused.code());
    assertTrue(refused.getMessage().contains("failed calling webhook"), refused.getMessage());
    assertTrue(refused.getMessage().contains("cannot unmarshal number"), refused.getMessage());
    server.delete(HOOKS + "mutatingwebhookconfigurations/m");
    configuration("mutating", "m", hook(path, "'*'", "'configmaps'", ",'failurePolicy':'Ignore'"));
    map("a", "");
    var metrics = new String(((Reply.Text) server.ask("GET", "/metrics", "", Body.NONE)).bytes());
    assertTrue(metrics.contains("apiserver_admission_webhook_fail_open_count{name="), metrics);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotTrusted() throws Exception {
    var blind = hook("/allow").replaceAll(",'caBundle':'[^']*'", "");
    configuration("validating", "v", blind);
    assertTrue(failure(() -> map("a", "")).getMessage().contains("failed to verify certificate"));
    assertEquals(List.of(), webhook.asked());
  }

  @Test
  void aWebhookIsAwaitedForItsTimeoutOnly() throws Exception {
    var end = new CountDownLatch(1);
    webhook.on(
        "/slow",
        request -> {
          try {
            end.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return allow();
        });
    configuration("validating", "v", hook("/slow", "'*'", "'configmaps'", ",'timeoutSeconds':1"));
    assertTrue(failure(() -> map("a", "")).getMessage().contains("context deadline exceeded"));
    end.countDown();
  }

  @Test
  void selectorsSayWhoseObjectsAreMeant() throws Exception {
    server.post("/api/v1/namespaces", "{'metadata':{'name':'free','labels':{'skip':'yes'}}}");
    configuration(
        "validating",
        "v",
        hook(
            "/deny",
            "'*'",
            "'configmaps','namespaces'",
            ",'namespaceSelector':{'matchExpressions':[{'key':'skip','operator':'NotIn','values':['yes']}]},'objectSelector':{'matchLabels':{'strict':'yes'}}"));
    map("a", "");
    var labelled = "{'metadata':{'name':'b','labels':{'strict':'yes'}}}";
    failure(() -> server.post(MAPS, labelled));
    server.post("/api/v1/namespaces/free/configmaps", labelled);
    failure(
        () ->
            server.patch(
                MAPS + "/a", "application/merge-patch+json", labelled.replace("'b'", "'a'")));
    var space = "{'metadata':{'name':'n','labels':{'strict':'yes','skip':'%s'}}}";
    failure(() -> server.post("/api/v1/namespaces", space.formatted("no")));
    server.post("/api/v1/namespaces", space.formatted("yes"));
  }

  @Test
  void subresourcesScopesAndOtherVersionsAreToldApart() throws Exception {
    var hpa =
        "{'metadata':{'name':'h'},'spec':{'maxReplicas':2,'scaleTargetRef':{'kind':'Deployment','name':'d','apiVersion':'apps/v1'},'targetCPUUtilizationPercentage':50}}";
    var rule =
        hook("/allow", "'CREATE'", "'horizontalpodautoscalers'", ",'matchPolicy':'%s'")
            .replace("'apiVersions':['*']", "'apiVersions':['v2']");
    configuration("validating", "v", rule.formatted("Exact"));
    server.post("/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers", hpa);
    assertEquals(List.of(), webhook.asked());
    server.delete(HOOKS + "validatingwebhookconfigurations/v");
    configuration("validating", "v", rule.formatted("Equivalent"));
    server.post(
        "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers",
        hpa.replace("'h'", "'i'"));
    var seen = webhook.last();
    assertEquals("v2", seen.at("/kind/version").asText());
    assertEquals("v1", seen.at("/requestKind/version").asText());
    assertEquals("autoscaling/v2", seen.at("/object/apiVersion").asText());
    assertEquals("cpu", seen.at("/object/spec/metrics/0/resource/name").asText());
  }

  @Test
  void scalesAndBindingsAreSeenAsWhatTheyAre() throws Exception {
    server.post(
        "/apis/apps/v1/namespaces/default/deployments",
        "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
    configuration("validating", "v", hook("/allow", "'*'", "'*/scale','pods/*'", ""));
    server.patch(
        "/apis/apps/v1/namespaces/default/deployments/d/scale",
        "application/merge-patch+json",
        "{'spec':{'replicas':3}}");
    assertEquals("Scale", webhook.last().at("/kind/kind").asText());
    assertEquals(3, webhook.last().at("/object/spec/replicas").asInt());
    assertEquals("scale", webhook.last().path("subResource").asText());
    server.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
    assertEquals(2, webhook.seen.size(), "pods/* are the pods themselves, too");
    server.post(PODS + "/p/binding", "{'metadata':{'name':'p'},'target':{'name':'n1'}}");
    assertEquals("CREATE", webhook.last().path("operation").asText());
    assertEquals("Binding", webhook.last().at("/object/kind").asText());
    assertEquals("n1", webhook.last().at("/object/target/name").asText());
    server.post(PODS + "/p/eviction", "{'metadata':{'name':'p'}}");
    assertEquals("eviction", webhook.last().path("subResource").asText());
    assertEquals("CREATE", webhook.last().path("operation").asText());
  }

  @Test
  void streamsAreConnections() throws Exception {
    server.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
    configuration("validating", "v", hook("/deny", "'CONNECT'", "'pods/attach'", ""));
    var refused = failure(() -> server.get(PODS + "/p/attach?stdin=true&stdout=true&container=c"));
    assertTrue(refused.getMessage().endsWith("denied the request: no"), refused.getMessage());
    assertEquals(
        "{\"kind\":\"PodAttachOptions\",\"apiVersion\":\"v1\",\"stdin\":true,\"stdout\":true,\"container\":\"c\"}",
        webhook.last().path("object").toString());
  }

  @Test
  void configurationsThemselvesAreOutOfReach() throws Exception {
    configuration("validating", "v", hook("/deny", "'*'", "'*/*'", ""));
    configuration("mutating", "m", hook("/deny", "'*'", "'*'", ""));
    server.delete(HOOKS + "mutatingwebhookconfigurations/m");
    server.delete(HOOKS + "validatingwebhookconfigurations/v");
    assertEquals(List.of(), webhook.asked());
  }

  @Test
  void aDryRunAsksOnlyWhoHasNoSideEffects() throws Exception {
    configuration("validating", "v", hook("/allow"));
    server.post(MAPS + "?dryRun=All", "{'metadata':{'name':'a'}}");
    assertTrue(webhook.last().path("dryRun").asBoolean());
    assertEquals(List.of(), names(server.get(MAPS)));
  }

  @Test
  void warningsReachTheClientAlsoWithARefusal() throws Exception {
    webhook.on(
        "/warn",
        request -> {
          var response =
              request.at("/object/metadata/name").asText().equals("bad") ? deny("bad") : allow();
          response.putArray("warnings").add("careful");
          return response;
        });
    configuration("validating", "v", hook("/warn"));
    var fine = (Reply.Found) server.ask("POST", MAPS, "application/json", body("good"));
    assertEquals(List.of("careful"), fine.warnings());
    var refused = (Reply.Failed) server.ask("POST", MAPS, "application/json", body("bad"));
    assertEquals(List.of("careful"), refused.warnings());
  }

  private static Body body(String name) {
    return new Body.Tree(json("{'metadata':{'name':'" + name + "'}}"));
  }

  @Test
  void answersThatAreNoneAreFailuresOfTheWebhook() throws Exception {
    webhook.on("/patching", request -> patch("[]"));
    webhook.on("/untyped", request -> allow().put("patch", "W10="));
    configuration("validating", "v", hook("/patching"));
    configuration("mutating", "m", hook("/untyped", "'*'", "'secrets'", ""));
    assertTrue(
        failure(() -> map("a", ""))
            .getMessage()
            .endsWith(
                "received invalid webhook response: validating webhook may not return"
                    + " response.patch"));
    ApiException refused =
        failure(
            () -> server.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}"));
    assertTrue(
        refused
            .getMessage()
            .endsWith("webhook returned response.patch but not response.patchType"));
  }

  @Test
  void aServiceIsReachedThroughItsReadyEndpoints() throws Exception {
    var inService =
        hook("/deny")
            .replace(
                webhook.at("/deny"),
                "{'service':{'namespace':'default','name':'hook','path':'/deny'},'caBundle':'"
                    + webhook.authority()
                    + "'}");
    configuration("validating", "v", inService);
    assertTrue(failure(() -> map("a", "")).getMessage().endsWith("service \"hook\" not found"));
    server.post(
        "/api/v1/namespaces/default/services",
        "{'metadata':{'name':'hook'},'spec':{'ports':[{'port':443}]}}");
    assertTrue(
        failure(() -> map("a", ""))
            .getMessage()
            .endsWith("no endpoints available for service \"hook\""));
    server.post(
        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
        "{'metadata':{'name':'hook-1','labels':{'kubernetes.io/service-name':'hook'}},'addressType':'IPv4','ports':[{'name':'','port':%d}],'endpoints':[{'addresses':['127.0.0.2'],'conditions':{'ready':false}},{'addresses':['127.0.0.1']}]}"
            .formatted(webhook.port()));
    assertEquals(
        "admission webhook \"deny.hooks.example.com\" denied the request: no",
        failure(() -> map("a", "")).getMessage());
  }

  @Test
  void manyConfigurationsAreListedAndDeletedByLabel() throws Exception {
    webhook.on("/add", request -> patch("[{'op':'add','path':'/data/added','value':'y'}]"));
    for (int i = 0; i < 10; i++) {
      configuration("mutating", "m" + i, hook("/add"));
    }
    var all = HOOKS + "mutatingwebhookconfigurations?labelSelector=t%3Dx";
    assertEquals(10, names(server.get(all)).size());
    assertEquals("y", map("a", "'k':'v'").at("/data/added").asText());
    server.delete(all);
    assertFalse(map("b", "'k':'v'").path("data").has("added"));
  }

  @Test
  void aChangedConfigurationHoldsForTheNextRequest() throws Exception {
    configuration("validating", "v", hook("/deny", "'UPDATE'", "'configmaps'", ""));
    map("a", "");
    server.patch(
        HOOKS + "validatingwebhookconfigurations/v",
        "application/json-patch+json",
        "[{'op':'replace','path':'/webhooks/0/rules/0/operations','value':['CREATE']}]");
    failure(() -> map("b", ""));
  }

  @Test
  void conditionsSayWhatAWebhookIsAskedAbout() throws Exception {
    webhook.on("/add", request -> patch("[{'op':'add','path':'/data/added','value':'y'}]"));
    var condition =
        ",'matchConditions':[{'name':'not-skipped','expression':'object.metadata.name != \\u0027skip-me\\u0027'}]";
    configuration("mutating", "m", hook("/add", "'CREATE'", "'configmaps'", condition));
    assertEquals("y", map("a", "'k':'v'").at("/data/added").asText());
    assertFalse(map("skip-me", "'k':'v'").path("data").has("added"));
    var bad = condition.replace("object.metadata.name", "object.metadata.name(");
    var refused = failure(() -> configuration("validating", "v", hookOf("'configmaps'", bad)));
    assertTrue(refused.getMessage().contains("compilation failed"), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("webhooks[0].matchConditions[0].expression"),
        refused.getMessage());
    failure(() -> configuration("mutating", "n", hookOf("'configmaps'", bad)));
  }

  @Test
  void conditionsAreKeptAsTheyAreWritten() throws Exception {
    var condition = ",'matchConditions':[{'name':'a','expression':'true'}]";
    for (var kind : List.of("validating", "mutating")) {
      configuration(kind, "v", hookOf("'configmaps'", condition));
      var path = HOOKS + kind + "webhookconfigurations/v";
      var found = server.get(path);
      ((ObjectNode) found.at("/webhooks/0/matchConditions/0")).put("expression", "false");
      server.put(path, found);
      assertEquals(
          "[{\"name\":\"a\",\"expression\":\"false\"}]",
          server.get(path).at("/webhooks/0/matchConditions").toString());
    }
    map("a", "");
  }

  @Test
  void customResourcesAreAskedAboutAsAllOthers() throws Exception {
    webhook.on(
        "/size",
        request ->
            patch(
                "[{'op':'add','path':'/spec/size','value':7},{'op':'add','path':'/spec/unknown','value':1}]"));
    TestCrds.create(server, TestCrds.widgets());
    configuration("mutating", "m", hook("/size", "'CREATE'", "'widgets'", ""));
    var widgets = "/apis/example.com/v1/namespaces/default/widgets";
    var widget =
        "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'%s'},'spec':{'size':1}}";
    var made = server.post(widgets, widget.formatted("a"));
    assertEquals(7, made.at("/spec/size").asInt());
    assertFalse(made.path("spec").has("unknown"), "what the schema does not have is pruned");
    configuration("validating", "v", hook("/deny", "'*'", "'widgets'", ""));
    failure(() -> server.post(widgets, widget.formatted("b")));
    failure(
        () -> server.patch(widgets + "/a", "application/merge-patch+json", "{'spec':{'size':2}}"));
    failure(() -> server.delete(widgets + "/a"));
    server.delete(HOOKS + "validatingwebhookconfigurations/v");
    configuration("validating", "v", hook("/deny", "'CREATE'", "'customresourcedefinitions'", ""));
    failure(
        () ->
            server.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                TestCrds.widgets().replace("widgets", "gadgets")));
  }

  @Test
  void aCustomResourceIsMutatedInTheVersionOfTheRuleWhicheverIsStored() throws Exception {
    webhook.on(
        "/n",
        request ->
            patch(
                "[{'op':'replace','path':'/spec/n','value':"
                    + (request.at("/object/spec/n").asInt() + 100)
                    + "}]"));
    TestCrds.create(server, TestCrds.twoVersions());
    var v1 = "/apis/example.com/v1/namespaces/default/gadgets";
    var v2 = "/apis/example.com/v2/namespaces/default/gadgets";
    configuration(
        "mutating",
        "m",
        hook("/n", "'CREATE','UPDATE'", "'gadgets'", "")
            .replace("'apiVersions':['*']", "'apiVersions':['v1']"));
    var made =
        server.post(
            v1,
            "{'apiVersion':'example.com/v1','kind':'Gadget','metadata':{'name':'a'},'spec':{'n':1}}");
    assertEquals(101, made.at("/spec/n").asInt());
    server.patch(
        TestCrds.PATH + "/gadgets.example.com",
        "application/json-patch+json",
        "[{'op':'replace','path':'/spec/versions/0/storage','value':false},"
            + "{'op':'replace','path':'/spec/versions/1/storage','value':true}]");
    for (var path : List.of(v1, v2)) {
      int n = path.equals(v1) ? 2 : 3;
      var changed =
          server.patch(path + "/a", "application/merge-patch+json", "{'spec':{'n':" + n + "}}");
      assertEquals(100 + n, changed.at("/spec/n").asInt());
      var version = path.equals(v1) ? "v1" : "v2";
      assertEquals("example.com/" + version, changed.path("apiVersion").asText());
      var asked = webhook.last();
      assertEquals("v1", asked.at("/kind/version").asText());
      assertEquals("v1", asked.at("/resource/version").asText());
      assertEquals(version, asked.at("/requestKind/version").asText());
      assertEquals("example.com/v1", asked.at("/object/apiVersion").asText());
      assertEquals("example.com/v1", asked.at("/oldObject/apiVersion").asText());
    }
    assertEquals(
        "[\"v1\",\"v2\"]",
        server.get(TestCrds.PATH + "/gadgets.example.com").at("/status/storedVersions").toString());
  }

  private String hookOf(String resources, String more) {
    try {
      return hook("/deny", "'*'", resources, more);
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }
}
