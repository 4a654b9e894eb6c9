package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.testing.Await;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status of a ValidatingAdmissionPolicy tells of the types in its expressions. */
@Timeout(60)
final class PolicyTypesTest {
  private static final String POLICIES =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private void policy(String group, String resource, String spec) {
    server.post(
        POLICIES,
        "{'metadata':{'name':'p'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':['%s'],'apiVersions':['v1'],'operations':['CREATE'],'resources':['%s']}]},%s}}"
            .formatted(group, resource, spec));
  }

  private ObjectNode checked(int generation) {
    var found = new AtomicReference<ObjectNode>();
    Await.until(
        () -> {
          found.set(server.get(POLICIES + "/p"));
          return found.get().at("/status/observedGeneration").asInt() == generation;
        });
    return found.get();
  }

  @Test
  void aMisspeltFieldIsWarnedOf() {
    policy(
        "apps",
        "deployments",
        "'variables':[{'name':'n','expression':'object.spec.replicas'}],'validations':[{'expression':'variables.n > 1'},{'expression':'object.spec.replica > 1','messageExpression':'string(object.metadata.nam)'}]");
    var warnings = checked(1).at("/status/typeChecking/expressionWarnings");
    assertEquals(2, warnings.size());
    assertEquals("spec.validations[1].expression", warnings.at("/0/fieldRef").asText());
    var words = warnings.at("/0/warning").asText();
    assertTrue(
        words.startsWith("apps/v1, Kind=Deployment: ERROR: <input>:1:")
            && words.contains("undefined field 'replica'"),
        words);
    assertEquals("spec.validations[1].messageExpression", warnings.at("/1/fieldRef").asText());
  }

  @Test
  void whatFitsIsCheckedAnewWithEachChange() {
    policy(
        "",
        "pods",
        "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},'validations':[{'expression':'object.spec.containers.all(c, c.image != params.data.image) && oldObject == null'}]");
    var status = checked(1).path("status");
    assertEquals("{}", status.path("typeChecking").toString());
    server.patch(
        POLICIES + "/p",
        "application/merge-patch+json",
        "{'spec':{'validations':[{'expression':'object.spec.containers.all(c, c.image == 1)'}]}}");
    var words = checked(2).at("/status/typeChecking/expressionWarnings/0/warning").asText();
    assertTrue(words.startsWith("/v1, Kind=Pod: ERROR:"), words);
    assertTrue(words.contains("no matching overload"), words);
  }
}
