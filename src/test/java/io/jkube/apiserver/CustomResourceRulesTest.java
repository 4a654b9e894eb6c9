package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code x-kubernetes-validations}: rules of custom resources in CEL. */
@Timeout(30)
final class CustomResourceRulesTest {
  private static final String RULED = "/apis/example.com/v1/namespaces/default/ruleds";
  private static final String MERGE = "application/merge-patch+json";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static String definition(String rules, String properties) {
    return "{'metadata':{'name':'ruleds.example.com'},'spec':{'group':'example.com',"
        + "'scope':'Namespaced','names':{'plural':'ruleds','kind':'Ruled'},'versions':[{'name':'v1',"
        + "'served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{"
        + "'spec':{'type':'object','x-kubernetes-validations':["
        + rules
        + "],'properties':{"
        + properties
        + "}}}}}}]}}";
  }

  private void create(String spec) {
    server.post(
        RULED,
        "{'apiVersion':'example.com/v1','kind':'Ruled','metadata':{'name':'a'},'spec':"
            + spec
            + "}");
  }

  private static final String PROPERTIES =
      "'min':{'type':'integer'},'max':{'type':'integer'},"
          + "'class':{'type':'string','x-kubernetes-validations':[{'rule':'self == oldSelf',"
          + "'message':'class is immutable'}]},"
          + "'ports':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':"
          + "['name'],'items':{'type':'object','required':['name'],'properties':{'name':"
          + "{'type':'string'},'port':{'type':'integer'}},'x-kubernetes-validations':"
          + "[{'rule':'self.port > 0'}]}}";

  @Test
  void whatBreaksARuleIsInvalid() {
    var rules =
        "{'rule':'!has(self.min) || !has(self.max) || self.min <= self.max',"
            + "'messageExpression':'\\u0027min %d is over max\\u0027.format([self.min])',"
            + "'reason':'FieldValueForbidden','fieldPath':'.min'}";
    TestCrds.create(server, definition(rules, PROPERTIES));
    create("{'min':1,'max':2,'ports':[{'name':'p','port':1}]}");
    assertEquals(
        "Ruled.example.com \"a\" is invalid: spec.min: Forbidden: min 3 is over max",
        failure(() -> server.patch(RULED + "/a", MERGE, "{'spec':{'min':3}}")).getMessage());
    assertEquals(
        "Ruled.example.com \"a\" is invalid: spec.ports[0]: Invalid value: \"object\": failed rule:"
            + " self.port > 0",
        failure(
                () ->
                    server.patch(RULED + "/a", MERGE, "{'spec':{'ports':[{'name':'p','port':0}]}}"))
            .getMessage());
    assertEquals(
        "Ruled.example.com \"a\" is invalid: spec.ports[0]: Invalid value: \"object\": no such key:"
            + " port evaluating rule: self.port > 0",
        failure(() -> server.patch(RULED + "/a", MERGE, "{'spec':{'ports':[{'name':'p'}]}}"))
            .getMessage());
  }

  @Test
  void rulesOfChangesHoldForChangesOnly() {
    TestCrds.create(server, definition("", PROPERTIES));
    create("{'class':'x'}");
    server.patch(RULED + "/a", MERGE, "{'spec':{'class':'x','min':1}}");
    assertEquals(
        "Ruled.example.com \"a\" is invalid: spec.class: Invalid value: \"string\": class is immutable",
        failure(() -> server.patch(RULED + "/a", MERGE, "{'spec':{'class':'y'}}")).getMessage());
    server.patch(RULED + "/a", MERGE, "{'spec':{'class':null}}");
  }

  @Test
  void aRuleMayAlsoHoldForWhatIsNew() {
    var rule =
        "{'rule':'oldSelf.hasValue() ? self.min >= oldSelf.value().min : self.min == 1',"
            + "'optionalOldSelf':true,'message':'starts at 1 and rises'}";
    TestCrds.create(server, definition(rule, PROPERTIES));
    assertTrue(failure(() -> create("{'min':2}")).getMessage().contains("starts at 1 and rises"));
    create("{'min':1}");
    server.patch(RULED + "/a", MERGE, "{'spec':{'min':5}}");
    assertTrue(
        failure(() -> server.patch(RULED + "/a", MERGE, "{'spec':{'min':4}}"))
            .getMessage()
            .contains("starts at 1 and rises"));
  }

  @Test
  void rulesWaitForValuesOfTheRightType() {
    TestCrds.create(server, definition("{'rule':'self.min > 0'}", PROPERTIES));
    var message = failure(() -> create("{'min':'x'}")).getMessage();
    assertTrue(
        message.contains(
            "<nil>: Invalid value: \"null\": some validation rules were not checked because the"
                + " object was invalid; correct the existing errors to complete validation"),
        message);
  }

  @Test
  void whatDidNotChangeIsNotJudgedAgain() {
    TestCrds.create(server, definition("", PROPERTIES));
    create("{'min':-1,'max':1}");
    var crd = server.get(TestCrds.PATH + "/ruleds.example.com").deepCopy();
    crd.withObject("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/min")
        .put("minimum", 0);
    server.put(TestCrds.PATH + "/ruleds.example.com", crd);
    TestCrds.await(
        () -> server.get("/openapi/v3/apis/example.com/v1").toString().contains("\"minimum\":0"));
    server.patch(RULED + "/a", MERGE, "{'spec':{'max':2}}");
    assertTrue(
        failure(() -> server.patch(RULED + "/a", MERGE, "{'spec':{'min':-2}}"))
            .getMessage()
            .contains("spec.min in body should be greater than or equal to 0"));
  }

  @Test
  void aRuleThatCannotBeReadIsFoundInTheDefinition() {
    var refused =
        failure(
            () ->
                server.post(
                    TestCrds.PATH,
                    definition("{'rule':'self.nope > 0'},{'rule':'self.min'}", PROPERTIES)));
    for (var words :
        List.of(
            "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule"
                + ": Invalid value: ",
            "undefined field 'nope'",
            "cel expression must evaluate to a bool")) {
      assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }
  }
}
