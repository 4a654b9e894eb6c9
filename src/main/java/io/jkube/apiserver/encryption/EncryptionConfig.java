package io.jkube.apiserver.encryption;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.negotiate.Yaml;
import io.jkube.apiserver.storage.StorageKeys;
import io.jkube.registry.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An {@code EncryptionConfiguration}: for each resource the ways to write it, the first first. */
public final class EncryptionConfig {
  /** Nothing is encrypted. */
  public static final EncryptionConfig NONE = new EncryptionConfig(Map.of());

  private final Map<String, List<Cipherer>> byPrefix;

  private EncryptionConfig(Map<String, List<Cipherer>> byPrefix) {
    this.byPrefix = byPrefix;
  }

  /**
   * Reads a file in YAML or JSON.
   *
   * @throws IllegalArgumentException what is wrong with it; never a key
   */
  public static EncryptionConfig parse(String text) {
    var root = Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
    if (!text(root, "/kind").equals("EncryptionConfiguration")) {
      throw new IllegalArgumentException("kind must be EncryptionConfiguration");
    }
    var byPrefix = new LinkedHashMap<String, List<Cipherer>>();
    for (var entry : objects(root, "/resources")) {
      var ways = new ArrayList<Cipherer>();
      for (var provider : objects(entry, "/providers")) {
        ways.addAll(ways(provider));
      }
      if (ways.isEmpty()) {
        throw new IllegalArgumentException("resources without providers");
      }
      for (var resource : Tree.texts(entry, "/resources")) {
        byPrefix.putIfAbsent(prefix(resource), List.copyOf(ways));
      }
    }
    if (byPrefix.isEmpty()) {
      throw new IllegalArgumentException("resources must name at least one resource");
    }
    return new EncryptionConfig(byPrefix);
  }

  private static String prefix(String resource) {
    if (resource.contains("*")) {
      throw new IllegalArgumentException(
          "\"" + resource + "\": wildcards are not supported; name the resources");
    }
    int dot = resource.indexOf('.');
    var group = dot < 0 ? "" : resource.substring(dot + 1);
    var name = dot < 0 ? resource : resource.substring(0, dot);
    return StorageKeys.prefix(new GroupVersionResource(group, "v1", name));
  }

  private static List<Cipherer> ways(JsonNode provider) {
    if (provider.has("identity")) {
      return List.of(Cipherer.IDENTITY);
    }
    for (var mode : Cipherer.Mode.values()) {
      if (provider.has(mode.provider)) {
        return objects(provider, "/" + mode.provider + "/keys").stream()
            .map(key -> Cipherer.of(mode, text(key, "/name"), secret(key)))
            .toList();
      }
    }
    var names = new ArrayList<String>();
    provider.fieldNames().forEachRemaining(names::add);
    throw new IllegalArgumentException(
        names + ": not a supported provider; there are identity, aescbc and aesgcm");
  }

  private static byte[] secret(JsonNode key) {
    try {
      return Base64.getDecoder().decode(text(key, "/secret").strip());
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "key \"" + text(key, "/name") + "\": the secret is not base64");
    }
  }

  /** The ways to write what stands at this place; only {@code identity} for most. */
  List<Cipherer> ways(String place) {
    for (var entry : byPrefix.entrySet()) {
      if (place.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return List.of(Cipherer.IDENTITY);
  }

  Iterable<String> prefixes() {
    return byPrefix.keySet();
  }

  @Override
  public String toString() {
    return "encryption of " + byPrefix.keySet();
  }
}
