package io.jkube.network.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.network.dns.ServiceRecords;
import io.jkube.network.proxy.Backend;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DestinationsTest {
  @Test
  void portsAreFoundByNumberAndByName() {
    var found =
        destinations(
            """
            {"spec":{"type":"ClusterIP","clusterIP":"10.96.0.5","ports":[
              {"name":"grpc","port":50051,"appProtocol":"kubernetes.io/h2c"},
              {"name":"web","port":80}]}}""",
            """
            {"addressType":"IPv4","ports":[{"name":"web","port":8080},{"name":"grpc","port":9000}],
             "endpoints":[{"addresses":["10.244.0.7"],"conditions":{"ready":true}},
               {"addresses":["10.244.0.8"],"conditions":{"ready":false}}]}""");
    var web = List.of(new Backend("10.244.0.7", 8080));
    assertEquals(
        new Destination(Speech.HTTP, "service \"team/web\" port 80", web, ""),
        found.of("team", backend("{\"number\":80}")));
    assertEquals(web, found.of("team", backend("{\"name\":\"web\"}")).backends());
    var grpc = found.of("team", backend("{\"name\":\"grpc\"}"));
    assertEquals(Speech.H2C, grpc.speech());
    assertEquals(List.of(new Backend("10.244.0.7", 9000)), grpc.backends());
    assertEquals(
        "the service has no such port", found.of("team", backend("{\"number\":81}")).trouble());
  }

  @Test
  void aHeadlessServiceAndAnExternalNameLeadSomewhereToo() {
    var headless =
        destinations(
            "{\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"port\":80}]}}",
            """
            {"addressType":"IPv4","ports":[{"name":"","port":8080}],
             "endpoints":[{"addresses":["10.244.0.7"]}]}""");
    var there = headless.of("team", backend("{\"number\":80}"));
    assertEquals(List.of(new Backend("10.244.0.7", 8080)), there.backends());
    var external =
        destinations("{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"db.example\"}}");
    var away = external.of("team", backend("{\"number\":443}"));
    assertEquals(List.of(new Backend("db.example", 443)), away.backends());
  }

  @Test
  void saysWhatIsMissing() {
    var idle = destinations("{\"spec\":{\"clusterIP\":\"10.96.0.5\",\"ports\":[{\"port\":80}]}}");
    assertEquals(
        "no pod is ready to serve it", idle.of("team", backend("{\"number\":80}")).trouble());
    var other = Json.object();
    other.putObject("service").put("name", "gone").putObject("port").put("number", 80);
    assertEquals("there is no such service", idle.of("team", other).trouble());
    var bucket = Json.object();
    bucket.putObject("resource").put("kind", "Bucket").put("name", "b");
    assertEquals("only services can be backends", idle.of("team", bucket).trouble());
  }

  private static ObjectNode backend(String port) {
    var backend = Json.object();
    backend.putObject("service").put("name", "web").set("port", json(port));
    return backend;
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Destinations destinations(String service, String... slices) {
    return new Destinations(
        new ServiceRecords() {
          @Override
          public Optional<ObjectNode> service(ObjectKey key) {
            return key.equals(new ObjectKey("team", "web"))
                ? Optional.of(json(service))
                : Optional.empty();
          }

          @Override
          public List<ObjectNode> slices(ObjectKey key) {
            return List.of(slices).stream().map(DestinationsTest::json).toList();
          }

          @Override
          public List<ObjectNode> servicesAt(String address) {
            return List.of();
          }

          @Override
          public List<ObjectNode> slicesWith(String address) {
            return List.of();
          }

          @Override
          public boolean hasNamespace(String namespace) {
            return true;
          }
        });
  }
}
