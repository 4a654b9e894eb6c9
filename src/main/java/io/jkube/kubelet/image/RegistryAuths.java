package io.jkube.kubelet.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.kubelet.runtime.ContainerRuntime.RegistryCredentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Credentials by registry, as {@code auths} of a Docker config has them. A key may name a path
 * below the registry and, in its host's parts, {@code *} (Kubernetes: "Interpretation of
 * config.json").
 */
public final class RegistryAuths {
  private record Entry(String host, String path, RegistryCredentials credentials) {}

  private final List<Entry> entries;

  private RegistryAuths(List<Entry> entries) {
    this.entries = entries;
  }

  /** Reads an object of registry to {auth | username and password | identitytoken}. */
  public static RegistryAuths of(JsonNode auths) {
    var entries = new ArrayList<Entry>();
    for (var auth : auths.properties()) {
      var credentials = credentials(auth.getKey(), auth.getValue());
      if (credentials != null) {
        var place = auth.getKey().replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "");
        int slash = place.indexOf('/');
        var host = slash < 0 ? place : place.substring(0, slash);
        var path = slash < 0 ? "" : place.substring(slash + 1).replaceFirst("/$", "");
        entries.add(new Entry(hub(host), path, credentials));
      }
    }
    entries.sort(Comparator.comparing((Entry entry) -> entry.path.length()).reversed());
    return new RegistryAuths(entries);
  }

  /** All that may open the image's repository, the most specific first. */
  public List<RegistryCredentials> matching(ImageName image) {
    return entries.stream()
        .filter(entry -> hostMatches(entry.host, image.registry()))
        .filter(entry -> (image.repository() + "/").startsWith(asFolder(entry.path)))
        .map(Entry::credentials)
        .toList();
  }

  private static String asFolder(String path) {
    return path.isEmpty() ? "" : path + "/";
  }

  private static boolean hostMatches(String pattern, String host) {
    if (!pattern.contains("*")) {
      return pattern.equals(host);
    }
    var parts = Pattern.quote(pattern).replace("*", "\\E[^.]*\\Q");
    return host.matches(parts);
  }

  private static String hub(String host) {
    return host.equals("index.docker.io") || host.equals("registry-1.docker.io")
        ? "docker.io"
        : host;
  }

  private static RegistryCredentials credentials(String server, JsonNode auth) {
    var username = auth.path("username").asText("");
    var password = auth.path("password").asText("");
    var token = auth.path("identitytoken").asText("");
    var encoded = auth.path("auth").asText("");
    if (username.isEmpty() && !encoded.isEmpty()) {
      var pair = decoded(encoded).split(":", 2);
      username = pair[0];
      password = pair.length > 1 ? pair[1].replaceAll("\0+$", "") : "";
    }
    return username.isEmpty() && token.isEmpty()
        ? null
        : new RegistryCredentials(server, username, password, token);
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
