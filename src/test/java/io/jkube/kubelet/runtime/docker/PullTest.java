package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.ContainerRuntime.RegistryCredentials;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.docker.http.FakeEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PullTest {
  private static final RegistryCredentials CREDENTIALS =
      new RegistryCredentials("registry.test", "someone", "hunter2", "");
  private static final String VERSION =
      "{\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}";

  @TempDir Path folder;
  private final List<String> heads = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | unauthorized: authentication required | UNAUTHORIZED",
        "404 | pull access denied for x, repository does not exist or may require 'docker login'"
            + " | UNAUTHORIZED",
        "404 | manifest for x:1 not found: manifest unknown: manifest unknown | NOT_FOUND",
        "500 | Get https://registry.test/v2/: dial tcp: lookup registry.test: no such host"
            + " | UNREACHABLE",
        "500 | Get https://registry.test/v2/: net/http: TLS handshake timeout | UNREACHABLE",
        "500 | Get https://127.0.0.1:9/v2/: dial tcp 127.0.0.1:9: connect: connection refused"
            + " | UNREACHABLE",
        "500 | no space left on device | REFUSED",
        "400 | invalid reference format | REFUSED"
      })
  void theRegistrysWordsTellWhatAFailedPullMeans(
      int status, String message, RuntimeFailure.Kind kind) throws IOException {
    var failure = refused(status, "{\"message\":\"" + message + "\"}");
    assertEquals(kind, failure.kind());
    assertEquals(message, failure.getMessage());
  }

  @Test
  void anErrorInTheMiddleOfTheProgressIsAFailure() throws IOException {
    var failure =
        refused(
            200,
            "{\"status\":\"Pulling fs layer\",\"id\":\"a1\"}\r\n"
                + "{\"errorDetail\":{},\"error\":\"unexpected EOF\"}\r\n");
    assertEquals(RuntimeFailure.Kind.UNREACHABLE, failure.kind());
    assertEquals(List.of("a1: Pulling fs layer"), progress);
  }

  @Test
  void theRequestHasTheCredentialsAndNoMessageHasThem() throws IOException {
    var failure = refused(500, "{\"message\":\"unauthorized\"}");
    var header = heads.getLast().lines().filter(l -> l.startsWith("X-Registry-Auth")).findFirst();
    var auth = Base64.getUrlDecoder().decode(header.orElseThrow().split(": ")[1]);
    assertTrue(new String(auth, StandardCharsets.UTF_8).contains("hunter2"));
    assertTrue(heads.getLast().startsWith("POST /v1.41/images/create?fromImage=x&tag=latest "));

    var printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertFalse((printed.toString() + CREDENTIALS).contains("hunter2"));
    assertFalse(printed.toString().contains(header.orElseThrow().split(": ")[1]));
  }

  @Test
  void anEngineTooOldIsRefusedAndANewerOneIsSpokenToInItsOldest() throws IOException {
    var old = "{\"Version\":\"19.03.1\",\"ApiVersion\":\"1.40\",\"MinAPIVersion\":\"1.12\"}";
    try (var fake = engine(old, 200, "")) {
      var address = new EngineAddress.Unix(fake.socket());
      var failure =
          assertThrows(RuntimeFailure.class, () -> Engine.connect(address, Duration.ofSeconds(5)));
      assertTrue(failure.getMessage().contains("speaks API 1.40"), failure.getMessage());
    }
    var recent = "{\"Version\":\"29.0.0\",\"ApiVersion\":\"1.52\",\"MinAPIVersion\":\"1.44\"}";
    try (var fake = engine(recent, 200, "[]");
        var engine = connect(fake)) {
      engine.get("/networks");
      assertTrue(heads.getLast().startsWith("GET /v1.44/networks "), heads.getLast());
    }
  }

  private RuntimeFailure refused(int status, String body) throws IOException {
    try (var fake = engine(VERSION, status, body);
        var engine = connect(fake)) {
      return assertThrows(
          RuntimeFailure.class, () -> Images.pull(engine, "x", CREDENTIALS, progress::add));
    }
  }

  private static Engine connect(FakeEngine fake) {
    return Engine.connect(new EngineAddress.Unix(fake.socket()), Duration.ofSeconds(5));
  }

  private FakeEngine engine(String version, int status, String body) throws IOException {
    return new FakeEngine(
        java.nio.file.Files.createTempDirectory(folder, "engine"),
        (head, input, output) -> {
          heads.add(head);
          output.write(
              head.startsWith("GET /version")
                  ? FakeEngine.sized(200, version)
                  : FakeEngine.sized(status, body));
          return true;
        });
  }
}
