package io.jkube.controller.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import io.jkube.testing.OpensslRequest;
import io.jkube.testing.TestAuthority;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is approved, signed, refused and removed. */
@Timeout(30)
final class CertificatesTest {
  private static final ObjectKey REQUEST = ObjectKey.cluster("r");
  private static final String API_CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";

  @TempDir Path folder;
  private final TestCluster cluster = new TestCluster();
  private final SharedInformers informers = new SharedInformers(cluster.client);
  private List<ControllerRunner> runners = List.of();

  @BeforeEach
  void start() {
    runners =
        List.of(
            SigningController.runner(
                cluster.client, informers, cluster.clock, TestAuthority.AUTHORITY),
            NodeApprover.runner(cluster.client, informers, cluster.clock),
            RequestCleaner.runner(cluster.client, informers, cluster.clock));
    informers.start();
    runners.forEach(ControllerRunner::start);
  }

  @AfterEach
  void close() {
    runners.forEach(ControllerRunner::close);
    informers.close();
    cluster.close();
  }

  private ObjectNode request(String signer, String usages, String subject, String... more) {
    return cluster.create(
        Resources.SIGNING_REQUESTS,
        "{'metadata':{'name':'r'},'spec':{'signerName':'%s','usages':[%s],'request':'%s'}}"
            .formatted(
                signer,
                "'" + usages.replace("|", "','") + "'",
                OpensslRequest.of(folder, subject, more).base64()));
  }

  private void decide(String type) {
    var request = cluster.client.get(Resources.SIGNING_REQUESTS, REQUEST);
    cluster
        .client
        .resource(Resources.SIGNING_REQUESTS)
        .updateSubresource("approval", new RequestState(request).with(type, "Test", "a test"));
  }

  private X509Certificate issued() throws InterruptedException {
    var done =
        cluster.await(
            Resources.SIGNING_REQUESTS, REQUEST, found -> new RequestState(found).isIssued());
    return new RequestState(done).certificate().orElseThrow();
  }

  @Test
  void whatIsApprovedIsSigned() throws Exception {
    var request = request(API_CLIENT, "client auth", "/O=devs/CN=jane");
    assertTrue(request.at("/status/certificate").isMissingNode());
    decide("Approved");
    var certificate = issued();
    certificate.verify(TestAuthority.AUTHORITY.certificate().getPublicKey());
    assertEquals("CN=jane,O=devs", certificate.getSubjectX500Principal().getName());
    assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
    assertEquals(-1, certificate.getBasicConstraints());
    assertEquals(
        cluster.clock.instant().plus(SigningController.VALIDITY),
        certificate.getNotAfter().toInstant());
    assertEquals(
        cluster.clock.instant().minus(SigningController.BACKDATED),
        certificate.getNotBefore().toInstant());
  }

  @Test
  void whoAsksForLessTimeGetsLess() throws Exception {
    var request =
        TestCluster.json(
            "{'metadata':{'name':'r'},'spec':{'signerName':'%s','usages':['client auth'],"
                    .formatted(API_CLIENT)
                + "'expirationSeconds':3600}}");
    request.withObject("/spec").put("request", OpensslRequest.of(folder, "/CN=jane").base64());
    cluster.client.create(Resources.SIGNING_REQUESTS, request);
    decide("Approved");
    assertEquals(
        cluster.clock.instant().plus(Duration.ofHours(1)), issued().getNotAfter().toInstant());
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes.io/kube-apiserver-client, client auth|server auth, /CN=jane,"
        + " invalid usage for client certificate: server auth",
    "kubernetes.io/kube-apiserver-client, digital signature, /CN=jane,"
        + " missing required usage for client certificate: client auth",
    "kubernetes.io/kubelet-serving, digital signature|server auth, /O=devs/CN=system:node:a,"
        + " subject organization is not system:nodes",
    "kubernetes.io/kubelet-serving, digital signature|server auth, /O=system:nodes/CN=system:node:a,"
        + " DNS or IP subjectAltName is required",
    "kubernetes.io/kube-apiserver-client-kubelet, client auth, /O=system:nodes/CN=system:node:a,"
        + " usages did not match [client auth digital signature]",
  })
  void aSignerSaysWhyItDoesNot(String signer, String usages, String subject, String why)
      throws Exception {
    request(signer, usages, subject);
    decide("Approved");
    var failed =
        cluster.await(
            Resources.SIGNING_REQUESTS, REQUEST, found -> new RequestState(found).is("Failed"));
    assertEquals("SignerValidationFailure", failed.at("/status/conditions/1/reason").asText());
    assertEquals(why, failed.at("/status/conditions/1/message").asText());
    assertTrue(failed.at("/status/certificate").isMissingNode());
  }

  @Test
  void aKubeletsOwnCertificateIsApprovedAndSigned() throws Exception {
    request(KUBELET_CLIENT, "digital signature|client auth", "/O=system:nodes/CN=system:node:a");
    assertEquals("CN=system:node:a,O=system:nodes", issued().getSubjectX500Principal().getName());
    var condition =
        cluster.client.get(Resources.SIGNING_REQUESTS, REQUEST).at("/status/conditions/0");
    assertEquals("AutoApproved", condition.path("reason").asText());
    assertEquals("2026-01-02T03:04:05Z", condition.path("lastUpdateTime").asText());
  }

  @Test
  void aServingCertificateIsForServing() throws Exception {
    request(
        "kubernetes.io/kubelet-serving",
        "digital signature|server auth",
        "/O=system:nodes/CN=system:node:a",
        "-addext",
        "subjectAltName=DNS:a,IP:10.0.0.1");
    decide("Approved");
    var certificate = issued();
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    assertEquals(2, certificate.getSubjectAlternativeNames().size());
  }

  @Test
  void othersRequestsWaitForOthersAndGoAfterADay() throws Exception {
    request("example.com/signer", "client auth", "/CN=jane");
    cluster.clock.pass(RequestCleaner.KEPT_WHEN_PENDING.minusSeconds(1));
    wake();
    assertTrue(cluster.client.find(Resources.SIGNING_REQUESTS, REQUEST).isPresent());
    cluster.clock.pass(Duration.ofSeconds(1));
    wake();
    cluster.awaitGone(Resources.SIGNING_REQUESTS, REQUEST);
  }

  @Test
  void aRefusedRequestGoesAfterAnHour() throws Exception {
    request(API_CLIENT, "client auth", "/CN=jane");
    decide("Denied");
    cluster.clock.pass(RequestCleaner.KEPT_WHEN_ANSWERED);
    wake();
    cluster.awaitGone(Resources.SIGNING_REQUESTS, REQUEST);
  }

  /** Another request: queues look at the clock when something comes. */
  private void wake() {
    cluster.create(
        Resources.SIGNING_REQUESTS,
        "{'metadata':{'generateName':'w'},'spec':{'signerName':'a/b','usages':['any'],'request':'%s'}}"
            .formatted(OpensslRequest.of(folder, "/CN=w").base64()));
  }
}
