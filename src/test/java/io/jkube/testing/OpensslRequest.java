package io.jkube.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A key and a request for a certificate of it, made with openssl as people do it.
 *
 * @param pem of the request
 */
public record OpensslRequest(Path key, byte[] pem) {
  /**
   * @param folder for the files
   * @param subject as {@code /O=devs/CN=jane}
   * @param more arguments of {@code openssl req}
   */
  public static OpensslRequest of(Path folder, String subject, String... more) {
    try {
      var key = Files.createTempFile(folder, "request", ".key");
      var file = Files.createTempFile(folder, "request", ".csr");
      var command = new ArrayList<>(List.of("openssl", "req", "-new", "-nodes"));
      command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"));
      command.addAll(List.of("-subj", subject, "-keyout", key.toString(), "-out", file.toString()));
      command.addAll(List.of(more));
      Shell.run(folder, Map.of("PATH", System.getenv("PATH")), command).expectSuccess();
      return new OpensslRequest(key, Files.readAllBytes(file));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  /** The request as {@code spec.request} holds it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(pem);
  }
}
