package io.jkube.network.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import io.jkube.network.proxy.HealthCheck;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthChecksTest {
  @Test
  void sayWhetherThereAreEndpointsUntilTheServiceGoes() throws Exception {
    int port = freePort();
    try (var checks = new HealthChecks();
        var http = HttpClient.newHttpClient()) {
      assertTrue(checks.accept(table(port, 2)));
      var well = ask(http, port);
      assertEquals(200, well.statusCode());
      assertEquals(
          "{\"service\":{\"namespace\":\"team\",\"name\":\"web\"},\"localEndpoints\":2,"
              + "\"serviceProxyHealthy\":true}",
          well.body());
      checks.accept(table(port, 0));
      assertEquals(503, ask(http, port).statusCode());
      checks.accept(ServiceTable.EMPTY);
      assertThrows(IOException.class, () -> ask(http, port));
    }
  }

  @Test
  void aTakenPortIsTriedAgain() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        var checks = new HealthChecks()) {
      assertFalse(checks.accept(table(taken.getLocalPort(), 1)));
      taken.close();
      assertTrue(checks.accept(table(taken.getLocalPort(), 1)));
    }
  }

  private static HttpResponse<String> ask(HttpClient http, int port) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static ServiceTable table(int port, int endpoints) {
    var check = new HealthCheck(new ObjectKey("team", "web"), port, endpoints);
    return new ServiceTable(
        List.of(), List.of(check), Collections.emptySortedMap(), Collections.emptySortedSet());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
