package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.OpensslRequest;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People get certificates of the cluster with openssl and kubectl, and log in with them. */
@Timeout(300)
final class CertificatesIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0", "--runtime", "fake")
        .expectSuccess();
  }

  @AfterAll
  static void stop() throws Exception {
    user.close();
  }

  private static OpensslRequest ask(
      String name, String signer, String usages, String subject, String... more) throws Exception {
    var request = OpensslRequest.of(user.home(), subject, more);
    var file = user.home().resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: %s}
        spec: {signerName: kubernetes.io/%s, usages: [%s], request: %s}
        """
            .formatted(name, signer, usages, request.base64()));
    user.kubectl("create", "-f", file.toString()).expectSuccess();
    return request;
  }

  private static Path issued(String name) throws Exception {
    var path = "jsonpath={.status.certificate}";
    user.await(
        "the certificate of " + name,
        () -> !user.kubectl("get", "csr", name, "-o", path).expectSuccess().isEmpty());
    var file = user.home().resolve(name + ".crt");
    var pem = user.kubectl("get", "csr", name, "-o", path).expectSuccess();
    return Files.write(file, Base64.getDecoder().decode(pem));
  }

  private static io.jkube.testing.Outcome as(OpensslRequest request, Path crt, String... words)
      throws Exception {
    // a kubeconfig of its own: the administrator's certificate is in the usual one
    var view = user.kubectl("config", "view", "--minify", "-o", "jsonpath={..server}");
    var all =
        new ArrayList<>(
            List.of(
                "--kubeconfig=/dev/null",
                "--server=" + view.expectSuccess(),
                "--certificate-authority="
                    + user.jkubeHome().resolve(user.cluster()).resolve("pki/ca.crt"),
                "--client-certificate=" + crt,
                "--client-key=" + request.key()));
    all.addAll(List.of(words));
    return user.kubectl(all.toArray(String[]::new));
  }

  @Test
  void aUserLogsInWithWhatWasApproved() throws Exception {
    var request = ask("jane", "kube-apiserver-client", "client auth", "/O=devs/CN=jane");
    assertTrue(user.kubectl("get", "csr", "jane").expectSuccess().contains("Pending"));
    assertEquals(
        "certificatesigningrequest.certificates.k8s.io/jane approved\n",
        user.kubectl("certificate", "approve", "jane").expectSuccess());
    var crt = issued("jane");
    assertTrue(user.kubectl("get", "csr", "jane").expectSuccess().contains("Approved,Issued"));
    assertTrue(as(request, crt, "auth", "whoami").expectSuccess().contains("devs"));
    assertEquals(
        """
        Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" \
        in API group "" in the namespace "default"
        """,
        as(request, crt, "get", "pods").stderr());
    user.kubectl("create", "rolebinding", "devs", "--clusterrole=view", "--group=devs")
        .expectSuccess();
    as(request, crt, "get", "pods").expectSuccess();
  }

  @Test
  void whatIsDeniedIsNeverSigned() throws Exception {
    ask("eve", "kube-apiserver-client", "client auth", "/CN=eve");
    user.kubectl("certificate", "deny", "eve").expectSuccess();
    assertEquals(1, user.kubectl("certificate", "approve", "eve").exitCode());
    var eve = user.kubectl("get", "csr", "eve").expectSuccess();
    assertTrue(eve.contains("Denied") && !eve.contains("Issued"), eve);
  }

  @Test
  void aServersCertificateIsNoLogin() throws Exception {
    var request =
        ask(
            "serving",
            "kubelet-serving",
            "digital signature, server auth",
            "/O=system:nodes/CN=system:node:" + user.cluster(),
            "-addext",
            "subjectAltName=DNS:localhost");
    user.kubectl("certificate", "approve", "serving").expectSuccess();
    assertTrue(as(request, issued("serving"), "get", "nodes").exitCode() != 0);
  }
}
