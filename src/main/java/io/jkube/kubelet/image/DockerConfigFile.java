package io.jkube.kubelet.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.RegistryCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials that {@code docker login} left for this user: {@code auths} of config.json, or
 * the credential helper it names. Read at each pull, so that a login counts at once.
 */
public final class DockerConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger(DockerConfigFile.class);
  private static final Duration HELPER_TIMEOUT = Duration.ofSeconds(10);
  private static final String HUB_SERVER = "https://index.docker.io/v1/";

  private final Path file;

  public DockerConfigFile(Path file) {
    this.file = file;
  }

  /** {@code $DOCKER_CONFIG/config.json}, else the one in the home folder. */
  public static DockerConfigFile ofUser() {
    var folder = System.getenv("DOCKER_CONFIG");
    var home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    return new DockerConfigFile(
        folder == null || folder.isEmpty()
            ? Path.of(home, ".docker", "config.json")
            : Path.of(folder, "config.json"));
  }

  public List<RegistryCredentials> matching(ImageName image) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      var config = Json.parse(Files.readAllBytes(file));
      var found = new ArrayList<>(RegistryAuths.of(config.path("auths")).matching(image));
      helper(config, image).flatMap(name -> ask(name, image)).ifPresent(found::addFirst);
      return found;
    } catch (IOException | ApiException unreadable) {
      LOG.warn("{} is left out: {}", file, unreadable.getMessage());
      return List.of();
    }
  }

  private static Optional<String> helper(JsonNode config, ImageName image) {
    var own = config.path("credHelpers").path(image.registry()).asText("");
    var name = own.isEmpty() ? config.path("credsStore").asText("") : own;
    return name.matches("[\\w.-]+") ? Optional.of(name) : Optional.empty();
  }

  /** Asks {@code docker-credential-<name> get}, which reads the server and prints JSON. */
  private static Optional<RegistryCredentials> ask(String name, ImageName image) {
    var server = image.registry().equals("docker.io") ? HUB_SERVER : image.registry();
    try {
      var process =
          new ProcessBuilder("docker-credential-" + name, "get")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(server.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(HELPER_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        LOG.warn("credential helper {} did not answer in {}", name, HELPER_TIMEOUT);
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? answer(server, Json.parse(process.getInputStream().readAllBytes()))
          : Optional.empty();
    } catch (IOException | ApiException failure) {
      LOG.warn("credential helper {} failed: {}", name, failure.getMessage());
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<RegistryCredentials> answer(String server, JsonNode answer) {
    var username = answer.path("Username").asText("");
    var secret = answer.path("Secret").asText("");
    if (username.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        username.equals("<token>")
            ? new RegistryCredentials(server, "", "", secret)
            : new RegistryCredentials(server, username, secret, ""));
  }
}
