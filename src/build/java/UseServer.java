import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.HttpsTransport;
import io.jkube.client.TlsIdentity;
import io.jkube.client.Transport;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.pki.KeyFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Uses a running server as clients do in its first minute, so that the AOT cache made of that server
 * holds what they need: TLS, discovery, reads and writes of pods, a watch, logs.
 *
 * <p>Usage: java -cp jkube.jar UseServer.java CLUSTER-FOLDER
 */
final class UseServer {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final int ROUNDS = 10;

  private final Transport server;

  private UseServer(Transport server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    var path = Path.of(arguments[0]);
    var folder = new ClusterFolder(path.getFileName().toString(), path);
    var keys = new KeyFolder(folder.keys(), InstantSource.system()).existing();
    var tls =
        TlsIdentity.of(
            keys.authorityPem(), keys.administratorCertificatePem(), keys.administratorKeyPem());
    var url = ServerRecord.ofRunning(folder).orElseThrow().url();
    try (var server = new HttpsTransport(URI.create(url), tls, "")) {
      new UseServer(server).use();
    }
  }

  private void use() throws Exception {
    for (var path : List.of("/version", "/api", "/apis", "/api/v1", "/openapi/v3")) {
      call("GET", path, null);
    }
    call("GET", "/openapi/v3/api/v1", null);
    awaitServiceAccount();
    for (int round = 0; round < ROUNDS; round++) {
      podsLife("pod-" + round);
    }
  }

  private void podsLife(String name) throws Exception {
    var version = call("GET", PODS, null).at("/metadata/resourceVersion").asText();
    call("POST", PODS, pod(name));
    awaitRunning(name, version);
    table("/api/v1/pods");
    table("/api/v1/nodes");
    table(PODS);
    call("GET", PODS + "/" + name, null);
    server.send(
        new ApiCall(
            "PATCH",
            PODS + "/" + name,
            Map.of(),
            ApiCall.JSON,
            "application/strategic-merge-patch+json",
            Json.MAPPER.readTree("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")));
    try (var log = server.stream(ApiCall.of("GET", PODS + "/" + name + "/log", Map.of(), null))) {
      log.readAllBytes();
    } catch (ApiException noKubelet) {
      expect(StatusReason.SERVICE_UNAVAILABLE, noKubelet);
    }
    call("DELETE", PODS + "/" + name, null);
    try {
      call("GET", PODS + "/absent", null);
    } catch (ApiException absent) {
      expect(StatusReason.NOT_FOUND, absent);
    }
  }

  private void awaitServiceAccount() throws InterruptedException {
    var query = Map.of("timeoutSeconds", List.of("10"));
    var path = "/api/v1/namespaces/default/serviceaccounts";
    try (var watch = server.watch(ApiCall.of("GET", path, query, null))) {
      watch.next();
    }
  }

  private void awaitRunning(String name, String version) throws InterruptedException {
    var query =
        Map.of(
            "resourceVersion", List.of(version),
            "timeoutSeconds", List.of("5"),
            "fieldSelector", List.of("metadata.name=" + name));
    try (var watch = server.watch(ApiCall.of("GET", PODS, query, null))) {
      for (var event = watch.next(); event != null; event = watch.next()) {
        if (event.object().at("/status/phase").asText().equals("Running")) {
          return;
        }
      }
    }
  }

  private void table(String path) {
    var accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    server.send(new ApiCall("GET", path, Map.of("limit", List.of("500")), accept, null, null));
  }

  private JsonNode call(String method, String path, JsonNode body) {
    return server.send(ApiCall.of(method, path, Map.of(), body));
  }

  private static JsonNode pod(String name) {
    var pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).putObject("labels").put("app", "train");
    var container = pod.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", "busybox:1.36");
    container.putArray("command").add("sleep").add("3600");
    return pod;
  }

  private static void expect(StatusReason reason, ApiException thrown) {
    if (thrown.reason() != reason) {
      throw thrown;
    }
  }
}
