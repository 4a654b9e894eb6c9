package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services for somebody who is not root but may use the engine: as root has them. */
@Timeout(180)
final class OrdinaryUserIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be somebody else");
    assumeTrue(isOpenToOthers(Path.of("").toAbsolutePath()), "this folder is hidden from others");
    BusyboxImage.in(DockerFixture.ENGINE);
    // What is not built yet only we can build.
    try (var we = UserMachine.open()) {
      we.jkube("version", "--client").expectSuccess();
    }
    user = UserMachine.ofOrdinaryUser();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    var manifest = Files.createFile(user.home().resolve("services.yaml"));
    Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(
        manifest,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: first, labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: web
            image: %1$s
            command: [sh, -c, "mkdir /w; echo hello > /w/index.html; exec httpd -f -p 8080 -h /w"]
            readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    if (user != null) {
      var cluster = user.cluster();
      user.close();
      assertFalse(tables().contains("jkube-" + cluster), "rules went with the cluster");
      assertEquals("", helpers(cluster), "and so did the container that set them");
    }
  }

  @Test
  void servicesAreReachedFromPodsAndFromThisMachine() throws Exception {
    var status = user.jkube("status", "--name", user.cluster()).expectSuccess();
    assertTrue(status.contains("nftables, set by a container of the engine"), status);
    user.await("an answer by name, from the pod itself", () -> fromPod().contains("hello"));
    var address = user.kubectl("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
    assertEquals("hello\n", get("http://" + address.expectSuccess() + "/"));
  }

  @Test
  void rulesStayWhenTheServerStopsAndAreFollowedAgainAfterwards() throws Exception {
    user.await("an answer", () -> fromPod().contains("hello"));
    user.jkube("stop", "--name", user.cluster()).expectSuccess();
    assertEquals("", helpers(user.cluster()));
    assertTrue(tables().contains("jkube-" + user.cluster()));
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    user.await("an answer again", () -> fromPod().contains("hello"));
  }

  private static String fromPod() throws Exception {
    var asked = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 web.default 80";
    return user.kubectl("exec", "first", "--", "sh", "-c", asked).stdout();
  }

  private static String get(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static String tables() throws Exception {
    try (var we = UserMachine.open()) {
      return we.run(List.of("nft", "list", "tables")).expectSuccess();
    }
  }

  private static String helpers(String cluster) throws Exception {
    try (var we = UserMachine.open()) {
      return we.docker("ps", "-aq", "--filter", "name=jkube_" + cluster + "_network")
          .expectSuccess();
    }
  }

  private static boolean isOpenToOthers(Path folder) throws Exception {
    for (var each = folder; each != null; each = each.getParent()) {
      if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(each)).endsWith("x")) {
        return false;
      }
    }
    return true;
  }
}
