package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conformance entries of ValidatingAdmissionPolicy demand, and the rules around them. */
@Timeout(30)
final class ValidatingPolicyTest {
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String DEPLOYMENT =
      "{'metadata':{'name':'%s'},'spec':{'replicas':%d,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  /** A policy over writes of a resource, and a binding of it. */
  private void policy(String name, String resource, String spec, String binding) {
    server.post(
        ADMISSION + "validatingadmissionpolicies",
        "{'metadata':{'name':'%s'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':['*'],'apiVersions':['*'],'operations':['CREATE','UPDATE'],'resources':['%s']}]},%s}}"
            .formatted(name, resource, spec));
    server.post(
        ADMISSION + "validatingadmissionpolicybindings",
        "{'metadata':{'name':'%s-here'},'spec':{'policyName':'%s',%s}}"
            .formatted(name, name, binding));
  }

  private static String rule(String expression) {
    return "'validations':[{'expression':'" + expression + "'}]";
  }

  private static final String DENY = "'validationActions':['Deny']";

  private ObjectNode deploy(String name, int replicas) {
    return server.post(DEPLOYMENTS, DEPLOYMENT.formatted(name, replicas));
  }

  private ObjectNode map(String data) {
    return server.post(MAPS, "{'metadata':{'generateName':'m'},'data':{" + data + "}}");
  }

  @Test
  void aDeploymentIsHeldToAnExpression() {
    policy("few", "deployments", rule("object.spec.replicas <= 3"), DENY);
    deploy("small", 3);
    var refused = failure(() -> deploy("big", 4));
    assertEquals(
        "deployments.apps \"big\" is forbidden: ValidatingAdmissionPolicy 'few' with binding"
            + " 'few-here' denied request: failed expression: object.spec.replicas <= 3",
        refused.getMessage());
    assertEquals(422, refused.code());
    assertEquals("Invalid", refused.status().path("reason").asText());
    failure(
        () ->
            server.patch(
                DEPLOYMENTS + "/small", "application/merge-patch+json", "{'spec':{'replicas':9}}"));
    server.delete(ADMISSION + "validatingadmissionpolicybindings/few-here");
    deploy("big", 4);
  }

  @Test
  void expressionsReferToVariables() {
    policy(
        "vars",
        "deployments",
        "'variables':[{'name':'replicas','expression':'object.spec.replicas'},{'name':'odd','expression':'variables.replicas % 2 == 1'}],'validations':[{'expression':'variables.replicas > 1 && variables.odd','messageExpression':'string(variables.replicas) + \\u0027 is even\\u0027','reason':'Forbidden'}]",
        DENY);
    deploy("odd", 3);
    var refused = failure(() -> deploy("even", 2));
    assertTrue(refused.getMessage().endsWith("denied request: 2 is even"), refused.getMessage());
    assertEquals(403, refused.code());
  }

  @Test
  void parametersComeFromTheBinding() {
    server.post(MAPS, "{'metadata':{'name':'limit'},'data':{'most':'2'}}");
    var spec =
        "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},"
            + rule("object.spec.replicas <= int(params.data.most)");
    policy(
        "limited",
        "deployments",
        spec,
        DENY + ",'paramRef':{'name':'limit','parameterNotFoundAction':'Deny'}");
    deploy("two", 2);
    failure(() -> deploy("three", 3));
    server.delete(MAPS + "/limit");
    assertTrue(
        failure(() -> deploy("one", 1))
            .getMessage()
            .endsWith("no params found for policy binding with `Deny` parameterNotFoundAction"));
  }

  @Test
  void aBindingMayWarnOnly() {
    policy("w", "configmaps", rule("has(object.data)"), "'validationActions':['Warn','Audit']");
    var made =
        (Reply.Found)
            server.ask(
                "POST", MAPS, "application/json", new Body.Tree(json("{'metadata':{'name':'a'}}")));
    assertEquals(
        List.of(
            "Validation failed for ValidatingAdmissionPolicy 'w' with binding 'w-here': failed"
                + " expression: has(object.data)"),
        made.warnings());
  }

  @Test
  void whatCannotBeEvaluatedRefusesUnlessItMayBeIgnored() {
    policy("strict", "configmaps", rule("object.data.x == \\u0027y\\u0027"), DENY);
    assertTrue(
        failure(() -> map("'k':'v'"))
            .getMessage()
            .endsWith("expression 'object.data.x == 'y'' resulted in error: no such key: x"));
    map("'x':'y'");
    server.delete(ADMISSION + "validatingadmissionpolicies/strict");
    policy(
        "loose",
        "configmaps",
        "'failurePolicy':'Ignore'," + rule("object.data.x == \\u0027y\\u0027"),
        DENY);
    map("'k':'v'");
  }

  @Test
  void conditionsNamespacesAndRequestsAreLookedAt() {
    server.patch(
        "/api/v1/namespaces/default",
        "application/merge-patch+json",
        "{'metadata':{'labels':{'env':'prod'}}}");
    policy(
        "who",
        "configmaps",
        "'matchConditions':[{'name':'prod','expression':'namespaceObject.metadata.labels.env == \\u0027prod\\u0027'}],"
            + rule("request.userInfo.username != \\u0027alice\\u0027 && oldObject == null"),
        DENY);
    failure(() -> map(""));
    server.as("bob");
    var made = map("'k':'v'");
    var path = MAPS + "/" + made.at("/metadata/name").asText();
    failure(() -> server.patch(path, "application/merge-patch+json", "{'data':{'k':'w'}}"));
  }

  @Test
  void whatIsNoExpressionIsRefused() {
    var refused = failure(() -> policy("bad", "pods", rule("object.spec.nope("), DENY));
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "ValidatingAdmissionPolicy.admissionregistration.k8s.io \"bad\" is invalid:"
                    + " spec.validations[0].expression: Invalid value: \"object.spec.nope(\":"
                    + " compilation failed"),
        refused.getMessage());
  }

  @Test
  void expressionsAskWhatTheUserMayDo() {
    policy(
        "rights",
        "configmaps",
        "'validations':["
            + "{'expression':'authorizer.group(\\u0022\\u0022).resource(\\u0022pods\\u0022).subresource(\\u0022log\\u0022).namespace(\\u0022default\\u0022).name(\\u0022p\\u0022).check(\\u0022get\\u0022).allowed()','message':'no logs'},"
            + "{'expression':'authorizer.requestResource.check(\\u0022create\\u0022).allowed()','message':'not this'},"
            + "{'expression':'authorizer.path(\\u0022/healthz\\u0022).check(\\u0022get\\u0022).allowed()','message':'no path'},"
            + "{'expression':'!authorizer.serviceAccount(\\u0022default\\u0022, \\u0022robot\\u0022).path(\\u0022/healthz\\u0022).check(\\u0022get\\u0022).allowed()','message':'a robot'},"
            + "{'expression':'!authorizer.group(\\u0022\\u0022).resource(\\u0022pods\\u0022).check(\\u0022get\\u0022).errored()'}]",
        DENY);
    map("'k':'v'");
  }

  @Test
  void aConditionMayAskForRights() {
    policy(
        "robots",
        "configmaps",
        "'matchConditions':[{'name':'robots','expression':'!authorizer.serviceAccount(\\u0022default\\u0022, \\u0022robot\\u0022).group(\\u0022\\u0022).resource(\\u0022pods\\u0022).check(\\u0022get\\u0022).allowed()'}],"
            + rule("false"),
        DENY);
    failure(() -> map("'k':'v'"));
  }

  @Test
  void wordsMayNotAskForRights() {
    var spec =
        "'validations':[{'expression':'true','messageExpression':'authorizer.path(\\u0022/\\u0022).check(\\u0022get\\u0022).reason()'}]";
    var refused = failure(() -> policy("curious", "pods", spec, DENY)).getMessage();
    assertTrue(refused.contains("undeclared reference to 'authorizer'"), refused);
  }

  /** What is no field of a request is found when the policy is written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.operatoin == ''",
        "request.userInfo.name == ''",
        "request.object == null",
        "request.kind == 'Pod'",
        "request.dryRun == 'true'",
        "namespaceObject.metadata.lables.env == ''",
        "namespaceObject.metadata.creationTimestamp == ''",
        "namespaceObject.data == null",
      })
  void requestAndNamespaceHaveTypes(String expression) {
    var spec = rule(expression.replace("'", "\\u0027"));
    var refused = failure(() -> policy("typed", "deployments", spec, DENY));
    assertTrue(
        refused.getMessage().contains("undefined field")
            || refused.getMessage().contains("found no matching overload"),
        refused::getMessage);
  }

  @Test
  void whatIsAFieldOfThemCanBeUsed() {
    var expressions =
        List.of(
            "request.namespace == 'default' && request.operation == 'CREATE' && !request.dryRun",
            "request.kind.kind == 'Deployment' && request.resource.group == 'apps'",
            "'dev' in request.userInfo.groups && !has(request.userInfo.extra)",
            "!has(request.options.dryRun) && !has(request.subResource)",
            "namespaceObject.metadata.creationTimestamp > timestamp('2001-01-01T00:00:00Z')",
            "namespaceObject.metadata.name == 'default' && namespaceObject != null",
            "namespaceObject.status.phase == 'Active'",
            "namespaceObject.spec.finalizers.all(f, f.startsWith('k'))",
            "namespaceObject.metadata.labels['kubernetes.io/metadata.name'] == 'default'");
    for (int i = 0; i < expressions.size(); i++) {
      policy("p" + i, "deployments", rule(expressions.get(i).replace("'", "\\u0027")), DENY);
    }
    deploy("fits", 1);
    policy("c", "clusterroles", rule("namespaceObject == null"), DENY);
    server.post("/apis/rbac.authorization.k8s.io/v1/clusterroles", "{'metadata':{'name':'r'}}");
  }
}
