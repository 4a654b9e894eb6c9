package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.StatusReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** APIServices: what they must say, and what becomes of requests to them. */
@Timeout(20)
final class ApiServicesTest {
  private static final String PATH = "/apis/apiregistration.k8s.io/v1/apiservices";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static String service(String more) {
    return "{'metadata':{'name':'v1.remote.example.com'},'spec':{'group':'remote.example.com',"
        + "'version':'v1','groupPriorityMinimum':100,'versionPriority':10"
        + more
        + "}}";
  }

  @Test
  void oneOfAnotherServerIsRegisteredAndNotAvailable() {
    var made = server.post(PATH, service(",'service':{'namespace':'default','name':'api'}"));
    assertEquals(443, made.at("/spec/service/port").asInt());
    assertTrue(made.at("/status/conditions").isMissingNode());
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    var cells = server.get(PATH).at("/rows/0/cells");
    assertEquals("default/api", cells.get(1).asText());
    assertEquals("Unknown", cells.get(2).asText());
    server.accept = "application/json";
    var refused = failure(() -> server.get("/apis/remote.example.com/v1/things"));
    assertEquals(StatusReason.SERVICE_UNAVAILABLE, refused.reason());
    server.delete(PATH + "/v1.remote.example.com");
    assertEquals(
        StatusReason.NOT_FOUND,
        failure(() -> server.get("/apis/remote.example.com/v1/things")).reason());
  }

  @Test
  void aLocalOneIsAvailable() {
    var made = server.post(PATH, service(""));
    assertEquals("Local", made.at("/status/conditions/0/reason").asText());
  }

  @Test
  void theyAreHeldToTheirRules() {
    var refused =
        failure(
            () ->
                server.post(
                    PATH,
                    "{'metadata':{'name':'x'},'spec':{'group':'g.io','version':'v1',"
                        + "'groupPriorityMinimum':30000,'versionPriority':0,'caBundle':'YQ=='}}"));
    for (var words :
        List.of(
            "metadata.name: Invalid value: \"x\": must be `spec.version+\".\"+spec.group`: \"v1.g.io\"",
            "spec.groupPriorityMinimum: Invalid value: 30000: must be positive and less than 20000",
            "spec.versionPriority: Invalid value: 0: must be positive and less than 1000",
            "local APIServices may not have a caBundle")) {
      assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }
  }
}
