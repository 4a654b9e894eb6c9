package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.x509.Pem;
import io.jkube.testing.OpensslRequest;
import io.jkube.testing.TestAuthority;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks, who decides and who signs are three. */
@Timeout(20)
final class SigningRequestTest {
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

  private static final String CERTIFICATE =
      Base64.getEncoder().encodeToString(Pem.encode(TestAuthority.AUTHORITY.certificate()));

  @TempDir static Path folder;
  private static String pem;

  private TestServer server = new TestServer();

  @BeforeAll
  static void askForACertificate() {
    pem = OpensslRequest.of(folder, "/O=devs/CN=jane").base64();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode request() {
    return server.post(
        REQUESTS,
        "{'metadata':{'name':'r'},'spec':{'username':'somebody else','groups':['kings'],'request':'"
            + pem
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
    both.withObject("/status").put("certificate", CERTIFICATE);
    var unsigned = server.put(REQUESTS + "/r/approval", both);
    assertEquals("Approved", unsigned.at("/status/conditions/0/type").asText());
    assertTrue(unsigned.at("/status/certificate").isMissingNode());
    var signed = unsigned.deepCopy();
    signed.withObject("/status").put("certificate", CERTIFICATE).remove("conditions");
    var done = server.put(REQUESTS + "/r/status", signed);
    assertEquals("Approved", done.at("/status/conditions/0/type").asText());
    assertEquals(CERTIFICATE, done.at("/status/certificate").asText());
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

  @Test
  void aCertificateStaysAsItIs() {
    var signed = request().deepCopy();
    signed.withObject("/status").put("certificate", CERTIFICATE);
    var done = server.put(REQUESTS + "/r/status", signed);
    var other = done.deepCopy();
    other.withObject("/status").put("certificate", "eA==");
    assertTrue(
        failure(() -> server.put(REQUESTS + "/r/status", other))
            .getMessage()
            .contains("updates may not modify existing certificate content"));
  }

  @Test
  void onlyARequestIsTaken() {
    pem = Base64.getEncoder().encodeToString("-----BEGIN CERTIFICATE REQUEST-----".getBytes());
    try {
      assertTrue(
          failure(this::request)
              .getMessage()
              .contains("PEM block type must be CERTIFICATE REQUEST"));
    } finally {
      askForACertificate();
    }
  }

  /** A server that holds everyone to their rights, with a request of jane's. */
  private ObjectNode guarded() {
    server.close();
    server = TestServer.guarded(InstantSource.system());
    server.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "{'metadata':{'name':'requests'},'rules':[{'apiGroups':['certificates.k8s.io'],"
            + "'resources':['certificatesigningrequests','certificatesigningrequests/approval',"
            + "'certificatesigningrequests/status'],'verbs':['*']}]}");
    for (var user : List.of("jane", "approver", "signer")) {
      bind("requests", user);
    }
    return ask(pem);
  }

  private ObjectNode ask(String request) {
    server.as("jane");
    return server.post(
        REQUESTS,
        "{'metadata':{'name':'r'},'spec':{'request':'%s','signerName':'%s','usages':['client auth']}}"
            .formatted(request, SIGNER));
  }

  private void bind(String role, String user) {
    server.as("root", "system:masters");
    server.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        "{'metadata':{'name':'%s-%s'},'roleRef':{'kind':'ClusterRole','name':'%s'},'subjects':[{'kind':'User','name':'%s'}]}"
            .formatted(role, user, role, user));
  }

  private void allow(String verb, String signers, String user) {
    server.as("root", "system:masters");
    server.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "{'metadata':{'name':'%s'},'rules':[{'apiGroups':['certificates.k8s.io'],'resources':['signers'],'resourceNames':['%s'],'verbs':['%s']}]}"
            .formatted(verb, signers, verb));
    bind(verb, user);
  }

  @Test
  void whoMayWriteRequestsMayNotDecideForAnySigner() {
    var approved = guarded().deepCopy();
    condition(approved, "Approved");
    allow("approve", "kubernetes.io/*", "approver");
    server.as("jane");
    assertTrue(
        failure(() -> server.put(REQUESTS + "/r/approval", approved))
            .getMessage()
            .endsWith("user not permitted to approve requests with signerName \"" + SIGNER + "\""));
    server.as("approver");
    assertEquals(
        "Approved",
        server.put(REQUESTS + "/r/approval", approved).at("/status/conditions/0/type").asText());
  }

  @Test
  void whoApprovesDoesNotSign() {
    var signed = guarded().deepCopy();
    signed.withObject("/status").put("certificate", CERTIFICATE);
    allow("approve", SIGNER, "approver");
    allow("sign", SIGNER, "signer");
    server.as("approver");
    assertTrue(
        failure(() -> server.put(REQUESTS + "/r/status", signed))
            .getMessage()
            .endsWith("user not permitted to sign requests with signerName \"" + SIGNER + "\""));
    server.as("signer");
    assertEquals(
        CERTIFICATE, server.put(REQUESTS + "/r/status", signed).at("/status/certificate").asText());
  }

  @Test
  void nobodyAsksForTheGroupThatNoRuleBinds() {
    guarded();
    var masters = OpensslRequest.of(folder, "/O=system:masters/CN=jane").base64();
    assertTrue(
        failure(() -> ask(masters))
            .getMessage()
            .endsWith("use of " + SIGNER + " signer with system:masters group is not allowed"));
  }
}
