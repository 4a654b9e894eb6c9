package io.jkube.network.dns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.network.proxy.ServiceTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Services and slices as a test says, in the namespace {@code team}. */
final class KnownServices implements ServiceRecords {
  final List<ObjectNode> services = new CopyOnWriteArrayList<>();
  final List<ObjectNode> slices = new CopyOnWriteArrayList<>();

  @Override
  public Optional<ObjectNode> service(ObjectKey key) {
    return services.stream().filter(each -> Json.key(each).equals(key)).findFirst();
  }

  @Override
  public List<ObjectNode> slices(ObjectKey service) {
    return slices.stream().filter(each -> ServiceTable.owner(each).equals(service)).toList();
  }

  @Override
  public List<ObjectNode> servicesAt(String address) {
    return services.stream()
        .filter(each -> each.at("/spec/clusterIPs/0").asText().equals(address))
        .toList();
  }

  @Override
  public List<ObjectNode> slicesWith(String address) {
    return slices.stream().filter(each -> each.toString().contains('"' + address + '"')).toList();
  }

  @Override
  public boolean hasNamespace(String namespace) {
    return namespace.equals("team");
  }

  /** JSON with single quotes. */
  static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
