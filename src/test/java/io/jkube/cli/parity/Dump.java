package io.jkube.cli.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a folder of {@code cluster-info dump} holds, without what differs from moment to moment. */
final class Dump {
  private Dump() {}

  /** Paths below the folder, in order. */
  static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /**
   * A list without its revision, the kinds of its items (kubectl leaves them out), fields without a
   * value (kubectl adds them) and whatever a node's heartbeat moves; of a file that is none, its
   * text.
   */
  static Object content(Path file) throws IOException {
    if (!file.toString().endsWith(".json")) {
      return Files.readString(file);
    }
    var list = Json.parse(Files.readAllBytes(file));
    list.remove("metadata");
    for (var item : list.path("items")) {
      withoutHeartbeat((ObjectNode) item);
    }
    removeEmpty(list);
    return list;
  }

  private static void withoutHeartbeat(ObjectNode item) {
    item.remove(List.of("kind", "apiVersion"));
    ((ObjectNode) item.path("metadata")).remove("resourceVersion");
    for (var condition : item.path("status").path("conditions")) {
      ((ObjectNode) condition).remove("lastHeartbeatTime");
    }
  }

  private static void removeEmpty(JsonNode tree) {
    tree.forEach(Dump::removeEmpty);
    if (tree instanceof ObjectNode object) {
      object.properties().removeIf(field -> isEmpty(field.getValue()));
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || value.isContainerNode() && value.isEmpty();
  }
}
