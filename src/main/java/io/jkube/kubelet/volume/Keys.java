package io.jkube.kubelet.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.KeyToPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a ConfigMap or Secret as files: all of them, or the items a volume names. */
final class Keys {
  private Keys() {}

  /**
   * @param kind {@code configmap} or {@code secret}, as messages have it
   * @param optional whether the object, or a key, may be missing
   */
  static void addTo(
      FileSet files,
      Optional<ObjectNode> object,
      String kind,
      String name,
      List<KeyToPath> items,
      int mode,
      boolean optional) {
    if (object.isEmpty()) {
      if (optional) {
        return;
      }
      throw new VolumeFailure(kind + " \"" + name + "\" not found");
    }
    var contents = contents(object.get(), kind.equals("secret"));
    if (items == null || items.isEmpty()) {
      contents.forEach((key, bytes) -> files.add(key, bytes, mode));
      return;
    }
    for (var item : items) {
      var bytes = contents.get(item.getKey());
      if (bytes != null) {
        files.add(item.getPath(), bytes, item.getMode() == null ? mode : item.getMode());
      } else if (!optional) {
        throw new VolumeFailure("references non-existent " + kind + " key: " + item.getKey());
      }
    }
  }

  private static Map<String, byte[]> contents(JsonNode object, boolean encoded) {
    var contents = new LinkedHashMap<String, byte[]>();
    object
        .path("data")
        .properties()
        .forEach(
            entry ->
                contents.put(
                    entry.getKey(),
                    encoded
                        ? decoded(entry.getValue())
                        : entry.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    object
        .path("binaryData")
        .properties()
        .forEach(entry -> contents.put(entry.getKey(), decoded(entry.getValue())));
    return contents;
  }

  private static byte[] decoded(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText());
  }
}
