package io.jkube.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.client.HttpsTransport;
import io.jkube.client.TlsIdentity;
import io.jkube.cluster.pki.KeyFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A server in the foreground: a child of the test, which may end it as it likes. */
public final class ForegroundServer implements AutoCloseable {
  private static final long END_LIMIT_SECONDS = 30;

  private final Process process;
  private final Path folder;
  private final BufferedReader progress;

  /**
   * @param process of {@code jkube start --foreground --output json}
   * @param folder of its cluster
   */
  ForegroundServer(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    this.progress = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Returns what the server told when it was ready: its address, its process. */
  public JsonNode awaitReady() throws IOException {
    for (var line = progress.readLine(); line != null; line = progress.readLine()) {
      var event = Json.parse(line.getBytes(StandardCharsets.UTF_8));
      if (event.path("event").asText().equals("ready")) {
        return event;
      }
    }
    return Assertions.fail("the server ended before it was ready");
  }

  /** A way to the API over TLS, with the administrator's certificate. */
  public HttpsTransport connect(JsonNode ready) throws IOException, GeneralSecurityException {
    var keys = new KeyFolder(folder.resolve("pki"), InstantSource.system()).existing();
    var tls =
        TlsIdentity.of(
            keys.authorityPem(), keys.administratorCertificatePem(), keys.administratorKeyPem());
    return new HttpsTransport(URI.create(ready.path("server").asText()), tls, "");
  }

  /** Lets it run for so long, if it does not end before. */
  public void letRun(long millis) throws InterruptedException {
    Assertions.assertFalse(
        process.waitFor(millis, TimeUnit.MILLISECONDS), "the server ended by itself");
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * {@code kill -signal}.
   *
   * @return the exit code, once it ended
   */
  public int signal(String signal) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    Assertions.assertEquals(0, kill.waitFor());
    Assertions.assertTrue(
        process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS), "the server does not end");
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
