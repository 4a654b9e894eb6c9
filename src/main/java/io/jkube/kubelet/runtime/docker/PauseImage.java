package io.jkube.kubelet.runtime.docker;

import io.jkube.api.Json;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The image of a sandbox: one program, carried in our jar for each architecture and loaded into the
 * engine when it is not there yet. Its tag is the digest of its content, so that a new program gets
 * a new image and an engine that several jkubes use holds both. Its source lies in {@code
 * src/main/pause}.
 *
 * @param architecture as Go names it
 * @param layer the archive with the program
 */
record PauseImage(String architecture, byte[] layer) {
  private static final int TAG_LENGTH = 12;

  /**
   * @param architecture as the engine names it, Go's way or the kernel's
   */
  static PauseImage of(String architecture) {
    var known =
        switch (architecture) {
          case "amd64", "x86_64" -> "amd64";
          case "arm64", "aarch64" -> "arm64";
          default ->
              throw new RuntimeFailure(
                  RuntimeFailure.Kind.REFUSED,
                  "the engine runs on " + architecture + "; jkube knows amd64 and arm64",
                  null);
        };
    return new PauseImage(known, new Tar().program("pause", program(known)).bytes());
  }

  String name() {
    return "jkube/pause:" + sha256(config()).substring(0, TAG_LENGTH);
  }

  /** Loads the image unless the engine has it; answers its name. */
  String in(Engine engine) {
    var name = name();
    try {
      engine.get("/images/" + name + "/json");
    } catch (RuntimeFailure missing) {
      if (missing.kind() != RuntimeFailure.Kind.NOT_FOUND) {
        throw missing;
      }
      engine.upload("/images/load?quiet=1", new ByteArrayInputStream(archive()));
    }
    return name;
  }

  static byte[] program(String architecture) {
    try (var program = PauseImage.class.getResourceAsStream("/pause/pause-" + architecture)) {
      return program.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** As {@code docker save} writes it. */
  private byte[] archive() {
    var configName = sha256(config()) + ".json";
    var manifest = Json.array();
    var image = manifest.addObject().put("Config", configName);
    image.putArray("RepoTags").add(name());
    image.putArray("Layers").add("layer.tar");
    return new Tar()
        .file(configName, config())
        .file("layer.tar", layer)
        .file("manifest.json", Json.bytes(manifest))
        .bytes();
  }

  private byte[] config() {
    var image = Json.object().put("architecture", architecture).put("os", "linux");
    image.putObject("config").putArray("Entrypoint").add("/pause");
    image
        .putObject("rootfs")
        .put("type", "layers")
        .putArray("diff_ids")
        .add("sha256:" + sha256(layer));
    return Json.bytes(image);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
