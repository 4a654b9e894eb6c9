package io.jkube.testing;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import io.jkube.kubelet.runtime.docker.EngineAddress;
import io.jkube.kubelet.runtime.docker.Tar;
import io.jkube.kubelet.runtime.docker.http.EngineHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code busybox:1.36}, made of Debian's {@code busybox-static} when the engine has none: nothing
 * is pulled. The image is kept; other tests use it too.
 */
public final class BusyboxImage {
  public static final String NAME = "busybox:1.36";
  private static final Path PROGRAM = Path.of("/bin/busybox");
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private BusyboxImage() {}

  /** The image's name, once the engine has it. */
  public static synchronized String in(EngineAddress address) throws IOException {
    try (var client = address.client(TIMEOUT)) {
      if (status(client, "GET", "/images/" + NAME + "/json", null) != 200) {
        var path = "/images/create?fromSrc=-&repo=busybox&tag=1.36";
        int status = status(client, "POST", path, archive());
        if (status != 200) {
          throw new IOException("the engine did not import busybox: status " + status);
        }
      }
    }
    return NAME;
  }

  private static int status(EngineHttpClient client, String method, String path, byte[] body)
      throws IOException {
    var request = Request.builder();
    request.method(method).path("/v1.41" + path);
    if (body != null) {
      request.putHeader("Content-Type", "application/x-tar").body(new ByteArrayInputStream(body));
    }
    try (var response = client.execute(request.build())) {
      response.getBody().readAllBytes();
      return response.getStatusCode();
    }
  }

  private static byte[] archive() throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IOException(PROGRAM + " is missing: apt-get install busybox-static");
    }
    var tar = new Tar().folder("tmp", 01777).folder("etc", 0755).folder("root", 0700);
    tar.folder("bin", 0755).program("bin/busybox", Files.readAllBytes(PROGRAM));
    for (var applet : applets()) {
      if (!applet.equals("busybox")) {
        tar.link("bin/" + applet, "busybox");
      }
    }
    tar.file(
        "etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n"
            .getBytes(StandardCharsets.US_ASCII));
    tar.file("etc/group", "root:x:0:\nnobody:x:65534:\n".getBytes(StandardCharsets.US_ASCII));
    return tar.bytes();
  }

  private static Iterable<String> applets() throws IOException {
    var process = new ProcessBuilder(PROGRAM.toString(), "--list").start();
    try (var output = process.inputReader()) {
      return output.lines().toList();
    }
  }
}
