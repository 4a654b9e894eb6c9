package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MutatingAdmissionPolicies, as the documentation of Kubernetes describes them. */
@Timeout(60)
final class MutatingPolicyTest {
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1beta1/";
  private static final String POLICIES = ADMISSION + "mutatingadmissionpolicies";
  private static final String BINDINGS = ADMISSION + "mutatingadmissionpolicybindings";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POD =
      "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private void policy(String name, String resource, String spec) {
    server.post(
        POLICIES,
        "{'metadata':{'name':'%s'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':['*'],'apiVersions':['*'],'operations':['CREATE','UPDATE'],'resources':['%s']}]},%s}}"
            .formatted(name, resource, spec));
  }

  private void bind(String name, String binding) {
    server.post(
        BINDINGS,
        "{'metadata':{'name':'%s-here'},'spec':{'policyName':'%s'%s}}"
            .formatted(name, name, binding));
  }

  private void bound(String name, String resource, String spec) {
    policy(name, resource, spec);
    bind(name, "");
  }

  private static String applies(String expression) {
    return once(
        "{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':'%s'}}", expression);
  }

  private static String patches(String expression) {
    return once("{'patchType':'JSONPatch','jsonPatch':{'expression':'%s'}}", expression);
  }

  private static String once(String mutation, String expression) {
    return "'reinvocationPolicy':'Never','mutations':["
        + mutation.formatted(expression.replace("'", "\\u0027").replace("\"", "\\u0022"))
        + "]";
  }

  private ObjectNode map(String data) {
    return server.post(MAPS, "{'metadata':{'generateName':'m'},'data':{" + data + "}}");
  }

  @Test
  void aConfigurationIsLaidOverTheObject() {
    bound(
        "sidecar",
        "pods",
        applies(
            "Object{metadata: Object.metadata{labels: {'a': object.metadata.name}}, spec:"
                + " Object.spec{terminationGracePeriodSeconds: 7, initContainers:"
                + " [Object.spec.initContainers{name: 'mesh', image: 'mesh:1', restartPolicy:"
                + " 'Always'}], containers: [Object.spec.containers{name: 'c', image: 'j'}]}}"));
    var made = server.post(PODS, POD.formatted("p"));
    assertEquals("p", made.at("/metadata/labels/a").asText());
    assertEquals(7, made.at("/spec/terminationGracePeriodSeconds").asInt());
    assertEquals("mesh:1", made.at("/spec/initContainers/0/image").asText());
    assertEquals("File", terminationPath(made), "what was added has its defaults");
    assertEquals(1, made.at("/spec/containers").size());
    assertEquals("j", made.at("/spec/containers/0/image").asText());
  }

  private static String terminationPath(ObjectNode pod) {
    return pod.at("/spec/initContainers/0/terminationMessagePolicy").asText();
  }

  @Test
  void aPatchIsApplied() {
    bound(
        "patch",
        "configmaps",
        patches(
            "[JSONPatch{op: 'add', path: '/metadata/annotations', value: {'x': 'y'}},"
                + " JSONPatch{op: 'add', path: '/metadata/annotations/' +"
                + " jsonpatch.escapeKey('example.com/n'), value: 'z'}, JSONPatch{op: 'copy',"
                + " from: '/data/k', path: '/data/l'}]"));
    var made = map("'k':'v'");
    assertEquals("y", made.at("/metadata/annotations/x").asText());
    assertEquals("z", made.path("metadata").path("annotations").path("example.com/n").asText());
    assertEquals("v", made.at("/data/l").asText());
  }

  @Test
  void aTestThatFailsLeavesTheObject() {
    bound(
        "tested",
        "configmaps",
        patches(
            "[JSONPatch{op: 'test', path: '/data/k', value: 'red'}, JSONPatch{op: 'replace', path:"
                + " '/data/k', value: 'green'}]"));
    assertEquals("green", map("'k':'red'").at("/data/k").asText());
    assertEquals("blue", map("'k':'blue'").at("/data/k").asText());
  }

  @Test
  void variablesConditionsAndParametersCount() {
    server.post(MAPS, "{'metadata':{'name':'settings'},'data':{'team':'red'}}");
    policy(
        "teams",
        "configmaps",
        "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},'matchConditions':[{'name':'unset','expression':'!has(object.metadata.labels)'}],"
            + "'variables':[{'name':'team','expression':'params.data.team'},{'name':'labels','expression':'{\\u0022team\\u0022: variables.team}'}],"
            + applies("Object{metadata: Object.metadata{labels: variables.labels}}"));
    bind("teams", ",'paramRef':{'name':'settings','parameterNotFoundAction':'Deny'}");
    assertEquals("red", map("'k':'v'").at("/metadata/labels/team").asText());
    var own = server.post(MAPS, "{'metadata':{'name':'own','labels':{'a':'b'}}}");
    assertFalse(own.at("/metadata/labels").has("team"));
    server.delete(MAPS + "/settings");
    var refused = failure(() -> map("'k':'v'"));
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "policy 'teams' with binding 'teams-here' denied request: failed to configure"
                    + " binding: no params found for policy binding with `Deny`"
                    + " parameterNotFoundAction"),
        refused.getMessage());
    assertEquals("Forbidden", refused.status().path("reason").asText());
  }

  @Test
  void whatFailsRefusesUnlessItMayBeIgnored() {
    bound("strict", "configmaps", applies("Object{data: {'k': object.data.missing}}"));
    var refused = failure(() -> map("'k':'v'"));
    assertEquals(
        "policy 'strict' with binding 'strict-here' denied request: no such key: missing",
        refused.getMessage());
    assertEquals(403, refused.code());
    assertEquals("Invalid", refused.status().path("reason").asText());
    server.delete(BINDINGS + "/strict-here");
    bound(
        "loose",
        "configmaps",
        "'failurePolicy':'Ignore'," + applies("Object{data: {'k': object.data.missing}}"));
    assertEquals("v", map("'k':'v'").at("/data/k").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "Object{spec: Object.spec{tolerations: [Object.spec.tolerations{key: 'k'}]}} # error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.tolerations",
        "Object{spec: Object.wrong{hostname: 'h'}} # type mismatch: unexpected type name \"Object.wrong\", expected \"Object.spec\", which matches field name path from root Object type",
        "Object{spec: Object.spec{nope: 1}} # error applying patch: failed to convert patch object to typed object: .spec.nope: field not declared in schema",
      })
  void whatDoesNotFitIsSaid(String expression, String why) {
    bound("unfit", "pods", applies(expression));
    var refused = failure(() -> server.post(PODS, POD.formatted("p"))).getMessage();
    assertEquals("policy 'unfit' with binding 'unfit-here' denied request: " + why, refused);
  }

  @Test
  void aPolicyIsAskedAgainWhereAnotherChangedTheObject() {
    var count =
        "Object{data: {'seen': (has(object.data.seen) ? object.data.seen : '') + (has(object.data.late)"
            + " ? '+' : '-')}}";
    bound("a-again", "configmaps", applies(count).replace("'Never'", "'IfNeeded'"));
    bound("b-late", "configmaps", applies("Object{data: {'late': 'yes'}}"));
    assertEquals("-+", map("'k':'v'").at("/data/seen").asText());
    server.delete(BINDINGS + "/a-again-here");
    bound("a-once", "configmaps", applies(count));
    assertEquals("-", map("'k':'v'").at("/data/seen").asText());
  }

  @Test
  void aPolicyIsNoPolicysConcern() {
    bound("all", "*", applies("Object{metadata: Object.metadata{labels: {'a': 'b'}}}"));
    policy("other", "pods", applies("Object{}"));
    assertFalse(server.get(POLICIES + "/other").path("metadata").has("labels"));
    assertEquals("b", map("'k':'v'").at("/metadata/labels/a").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "'reinvocationPolicy':'Never' # spec.mutations: Required value: mutations must contain at least one item",
        "'mutations':[{'patchType':'JSONPatch'}] # spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch",
        "'mutations':[{'patchType':'Other'}] # spec.mutations[0].patchType: Unsupported value: \"Other\": supported values: \"ApplyConfiguration\", \"JSONPatch\"",
        "'mutations':[{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':'1'}}] # must evaluate to Object",
        "'mutations':[{'patchType':'JSONPatch','jsonPatch':{'expression':'Object{}'}}] # must evaluate to list(JSONPatch)",
        "'reinvocationPolicy':'Maybe' # spec.reinvocationPolicy: Unsupported value: \"Maybe\": supported values: \"IfNeeded\", \"Never\"",
      })
  void whatIsNoPolicyIsRefused(String spec, String why) {
    var refused = failure(() -> policy("bad", "pods", spec)).getMessage();
    assertTrue(refused.contains(why), refused);
  }

  @Test
  void deletionsCannotBeMatched() {
    var refused =
        failure(
                () ->
                    server.post(
                        BINDINGS,
                        "{'metadata':{'name':'b'},'spec':{'policyName':'p','matchResources':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['DELETE'],'resources':['pods']}]}}}"))
            .getMessage();
    assertTrue(refused.contains("operations[0]: Unsupported value: \"DELETE\""), refused);
  }
}
