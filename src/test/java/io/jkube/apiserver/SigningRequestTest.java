package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks, who decides and who signs are three. */
@Timeout(20)
final class SigningRequestTest {
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String PEM =
      Base64.getEncoder()
          .encodeToString(
              "-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----\n"
                  .getBytes());

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode request() {
    return server.post(
        REQUESTS,
        "{'metadata':{'name':'r'},'spec':{'username':'somebody else','groups':['kings'],'request':'"
            + PEM
            + "','signerName':'example.com/s','usages':['client auth']}}");
  }

  private static void condition(ObjectNode request, String type) {
    request
        .withObject("/status")
        .withArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", "True");
  }

  @Test
  void whoAsksIsWhoIsAsking() {
    var request = request();
    assertEquals("alice", request.at("/spec/username").asText());
    assertTrue(request.at("/spec/groups").toString().contains("dev"));
    var other = request.deepCopy();
    other.withObject("/spec").put("username", "bob");
    assertEquals("alice", server.put(REQUESTS + "/r", other).at("/spec/username").asText());
  }

  @Test
  void approvalDecidesAndStatusSigns() {
    var both = request().deepCopy();
    condition(both, "Approved");
    both.withObject("/status").put("certificate", "eA==");
    var unsigned = server.put(REQUESTS + "/r/approval", both);
    assertEquals("Approved", unsigned.at("/status/conditions/0/type").asText());
    assertTrue(unsigned.at("/status/certificate").isMissingNode());
    var signed = unsigned.deepCopy();
    signed.withObject("/status").put("certificate", "eA==").remove("conditions");
    var done = server.put(REQUESTS + "/r/status", signed);
    assertEquals("Approved", done.at("/status/conditions/0/type").asText());
    assertEquals("eA==", done.at("/status/certificate").asText());
  }

  @Test
  void yesAndNoIsNoAnswer() {
    var both = request().deepCopy();
    condition(both, "Approved");
    condition(both, "Denied");
    assertTrue(
        failure(() -> server.put(REQUESTS + "/r/approval", both))
            .getMessage()
            .contains("Approved and Denied conditions are mutually exclusive"));
  }
}
