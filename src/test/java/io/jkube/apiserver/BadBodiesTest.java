package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are wrong in one way each, and what upstream says of them. */
final class BadBodiesTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    server.configMap("patched", "x");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply post(String query, String type, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return server.ask("POST", MAPS + query, type, new Body.Encoded(bytes));
  }

  private static String refusal(int code, Reply reply) {
    if (reply instanceof Reply.Failed failed) {
      assertEquals(code, failed.code(), failed.failure().getMessage());
      return failed.failure().getMessage();
    }
    throw new AssertionError(reply);
  }

  private static List<String> warnings(Reply reply) {
    if (reply instanceof Reply.Found found) {
      return found.warnings();
    }
    throw new AssertionError(reply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a'          | unexpected end of JSON input ({'a')",
        "``            | unexpected end of JSON input (<empty>)",
        "{} {}         | invalid character after top-level value ({} {})",
      })
  void malformedJsonIsToldInGosWords(String body, String problem) {
    var message = refusal(400, post("", JSON, body.replace('\'', '"')));
    assertEquals(
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get"
            + " version/kind; json parse error: "
            + problem.replace('\'', '"'),
        message);
  }

  @Test
  void nothingOfTheParserShowsInAMessage() {
    for (var body :
        List.of("[".repeat(9000), "{\"a\":" + "9".repeat(5000) + "}", "{\"a\":tru}", "{\"a\"\0}")) {
      var message = refusal(400, post("", JSON, body));
      assertTrue(!message.contains("StreamRead") && !message.contains("fasterxml"), message);
    }
  }

  @Test
  void whatStandsTwiceIsWarnedOfOrRefused() {
    var body =
        "{\"metadata\":{\"name\":\"one\",\"name\":\"two\"},\"data\":{\"a\":\"1\",\"a\":\"2\"}}";
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
            + " duplicate field \"metadata.name\", duplicate field \"data.a\"",
        refusal(400, post("?fieldValidation=Strict", JSON, body)));
    assertEquals(
        List.of("duplicate field \"metadata.name\"", "duplicate field \"data.a\""),
        warnings(post("?dryRun=All", JSON, body)));
    var created = post("?fieldValidation=Ignore", JSON, body);
    assertEquals(List.of(), warnings(created));
    assertEquals("2", server.get(MAPS + "/two").at("/data/a").asText());
  }

  @Test
  void unknownMetadataIsRefused() {
    var body =
        TestServer.json(
            "{'metadata':{'name':'d','unknownMeta':1},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'},'unknownSubMeta':1},"
                + "'spec':{'containers':[{'name':'c','image':'c:1'}]}}}}");
    var path = "/apis/apps/v1/namespaces/default/deployments?fieldValidation=Strict";
    assertEquals(
        "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error:"
            + " unknown field \"metadata.unknownMeta\", unknown field"
            + " \"spec.template.metadata.unknownSubMeta\"",
        refusal(400, server.ask("POST", path, JSON, new Body.Tree(body))));
  }

  @Test
  void soAreKeysOfYaml() {
    var body = "metadata:\n  name: three\n  name: four\nunknown: 1\n";
    var problem = "yaml: unmarshal errors:\n  line 3: key \"name\" already set in map";
    assertEquals(
        List.of(problem, "unknown field \"unknown\""), warnings(post("?dryRun=All", YAML, body)));
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: "
            + problem
            + ", unknown field \"unknown\"",
        refusal(400, post("?fieldValidation=Strict", YAML, body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: !!javax.script.ScriptEngineManager [] | Global tag is not allowed",
        "a: &a [*a]                               | exceeded max depth",
        "? [a] : b                                | a key that is no scalar",
        "a: .inf                                  | JSON has no .inf",
        "a: [                                     | line 1: ",
      })
  void yamlThatIsNoJson(String body, String problem) {
    var message = refusal(400, post("", YAML, body));
    assertTrue(message.contains("error converting YAML to JSON: yaml: "), message);
    assertTrue(message.contains(problem), message);
  }

  /** Ten lines that would be a thousand million values. */
  @Test
  void aliasesDoNotBlowUp() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x]\n");
    for (int i = 1; i < 13; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    var message = refusal(400, post("", YAML, bomb.toString()));
    assertTrue(message.contains("excessive aliasing"), message);
  }

  @Test
  void keysAndValuesOfYamlAreThoseOfJson() {
    var body =
        "metadata: {name: plain}\ndata: {1: one, on: 'yes', null: n}\nbinaryData: {b: !!binary aGk=}\n";
    warnings(post("", YAML, body));
    var plain = server.get(MAPS + "/plain");
    assertEquals("one", plain.at("/data/1").asText());
    assertEquals("yes", plain.at("/data/on").asText());
    assertEquals("aGk=", plain.at("/binaryData/b").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "merge-patch           | {               | 400 | error decoding patch: unexpected end",
        "merge-patch           | []              | 400 | an object is needed",
        "merge-patch           | {'data':5}      | 422 | patch: Invalid value: \"{\\\"data\\\":5}\":"
            + " json: cannot unmarshal number into Go struct field ConfigMap.data",
        "json-patch            | {}              | 400 | list of operations",
        "json-patch            | [{'op':'zap','path':'/a'}]   | 400 | unexpected kind",
        "json-patch            | [{'op':'remove','path':''}]  | 422 | remove operation does not apply",
        "json-patch            | [{'op':'remove','path':'/a/b/c'}] | 422 | missing key: a",
        "json-patch            | [{'op':'add','path':'','value':[]}] | 400 | an object is needed",
        "strategic-merge-patch | {'$patch':'zap'} | 400 | Unknown patch type found: zap",
        "strategic-merge-patch | null            | 400 | an object is needed",
        "apply-patch           | {}              | 415 | accepted media types include",
      })
  void patches(String type, String body, int code, String problem) {
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var media = "application/" + type + "+json";
    var message =
        refusal(code, server.ask("PATCH", MAPS + "/patched", media, new Body.Encoded(bytes)));
    assertTrue(message.contains(problem), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=abc               | 400 | strconv.ParseInt: parsing \"abc\": invalid syntax",
        "limit=99999999999999999999 | 400 | strconv.ParseInt: parsing \"99999999999999999999\": value out of range",
        "timeoutSeconds=abc      | 400 | strconv.ParseInt: parsing \"abc\": invalid syntax",
        "resourceVersion=x       | 400 | resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax",
        "resourceVersionMatch=Exact | 422 | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
        "continue=%25            | 400 | invalid continue token: continue key is not valid",
        "labelSelector=a+b       | 400 | unable to parse requirement: found 'b'",
        "fieldSelector=a         | 400 | invalid selector: 'a'; can't understand 'a'",
      })
  void queriesOfLists(String query, int code, String problem) {
    var message = refusal(code, server.ask("GET", MAPS + "?" + query, "", Body.NONE));
    assertTrue(message.startsWith(problem), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dryRun=some | CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value:"
            + " [\"some\"]: supported values: \"All\"",
        "fieldValidation=Odd | CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation:"
            + " Unsupported value: \"Odd\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
      })
  void queriesOfWrites(String query, String problem) {
    assertEquals(problem, refusal(422, post("?" + query, JSON, "{\"metadata\":{\"name\":\"q\"}}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'propagationPolicy':'x'} | 422 | propagationPolicy: Unsupported value: \"x\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
        "{'propagationPolicy':'Orphan','orphanDependents':true} | 422 | cannot be both set",
        "{'gracePeriodSeconds':'x'} | 400 | cannot unmarshal",
        "{'kind':'Pod','apiVersion':'v1'} | 400 | decoded object cannot be converted to DeleteOptions",
        "{                          | 400 | must be of type DeleteOptions",
      })
  void optionsOfDeletes(String body, int code, String problem) {
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var message =
        refusal(code, server.ask("DELETE", MAPS + "/patched", JSON, new Body.Encoded(bytes)));
    assertTrue(message.contains(problem), message);
  }

  /** As Go's decoder makes of it: the zero of its type. */
  @Test
  void nullsInListsAndMaps() {
    var map =
        server.post(
            "/api/v1/namespaces/default/configmaps",
            "{'metadata':{'name':'nulls','finalizers':null},'data':{'a':null,'b':'c'}}");
    assertEquals("{\"a\":\"\",\"b\":\"c\"}", map.get("data").toString());
    assertFalse(map.get("metadata").has("finalizers"));
    var refused =
        TestServer.failure(
            () ->
                server.post(
                    "/api/v1/namespaces/default/pods",
                    "{'metadata':{'name':'nulls'},'spec':{'containers':[null]}}"));
    assertTrue(
        refused.getMessage().contains("spec.containers[0].name: Required value"),
        refused::getMessage);
  }

  @Test
  void numbersThatNoFloatHolds() {
    var refused =
        TestServer.failure(
            () ->
                server.patch(
                    "/api/v1/namespaces/default",
                    "application/merge-patch+json",
                    "{'metadata':{'a':1e400}}"));
    assertEquals(400, refused.code());
  }

  /** Upstream's answer to an object that was stored so: 500, and no word in the log. */
  @Test
  void anAppliedObjectWhoseListHasAnElementWithoutKeys() {
    var crd = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
    var spec = "'spec':{'priorityLevelConfiguration':{'name':'exempt'}}";
    var made = server.post(crd, "{'metadata':{'name':'odd'}," + spec + "}");
    made.putObject("status").putArray("conditions").addObject().put("reason", "A");
    server.put(crd + "/odd/status", made);
    var kind = "'apiVersion':'flowcontrol.apiserver.k8s.io/v1','kind':'FlowSchema',";
    var failure =
        TestServer.failure(
            () ->
                server.apply(
                    crd + "/odd/status?fieldManager=f&force=true",
                    "{"
                        + kind
                        + "'metadata':{'name':'odd'},'status':{'conditions':[{'type':'B'}]}}"));
    assertTrue(
        failure.getMessage().startsWith("failed to create typed live object (/odd; "),
        failure::getMessage);
  }
}
