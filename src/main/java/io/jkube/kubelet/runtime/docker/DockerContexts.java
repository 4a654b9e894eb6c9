package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The contexts of Docker's command line, as it keeps them: {@code config.json} names the current
 * one; {@code contexts/meta/<sha256 of its name>/meta.json} says where it is, {@code contexts/tls}
 * beside it holds its certificates.
 *
 * @param folder usually {@code ~/.docker}
 */
record DockerContexts(Path folder) {
  static final String DEFAULT = "default";

  /** The context that {@code docker context use} chose. */
  String current() throws IOException {
    var file = folder.resolve("config.json");
    return Files.exists(file) ? read(file).path("currentContext").asText(DEFAULT) : DEFAULT;
  }

  /**
   * @throws IllegalArgumentException where the context's address is of a kind we do not speak
   * @throws IOException where there is no such context, or its file cannot be read
   */
  EngineAddress address(String name) throws IOException {
    var meta = folder.resolve("contexts/meta").resolve(digest(name)).resolve("meta.json");
    if (!Files.exists(meta)) {
      throw new IOException("no context of this name is in " + folder.resolve("contexts"));
    }
    var host = read(meta).path("Endpoints").path("docker").path("Host").asText();
    var certificates = folder.resolve("contexts/tls").resolve(digest(name)).resolve("docker");
    return EngineAddress.parse(host, Files.isDirectory(certificates) ? certificates : null);
  }

  private static JsonNode read(Path file) throws IOException {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException malformed) {
      throw new IOException(file + " is not valid JSON", malformed);
    }
  }

  private static String digest(String name) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
