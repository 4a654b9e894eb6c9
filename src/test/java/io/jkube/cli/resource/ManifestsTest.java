package io.jkube.cli.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jkube.cli.command.Terminal;
import io.jkube.cli.testing.Offline;
import io.jkube.cli.testing.Said;
import io.jkube.cli.testing.ScriptedApi;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code -f} finds objects: files, folders, stdin, URLs. */
final class ManifestsTest {
  private static final String A = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
  private static final String B =
      "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"b\"}}";

  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.createDirectories(folder.resolve("all/below"));
    Files.writeString(folder.resolve("all/a.yaml"), A);
    Files.writeString(folder.resolve("all/b.json"), B);
    Files.writeString(folder.resolve("all/notes.txt"), "not a manifest");
    Files.writeString(folder.resolve("all/below/c.yml"), A.replace("a}", "c}"));
  }

  @Test
  void filesAndFolders() {
    assertEquals("configmap/a\n", create("-f all/a.yaml", "").stdout());
    assertEquals("configmap/a\nconfigmap/b\n", create("-f all", "").stdout());
    assertEquals("configmap/a\nconfigmap/b\nconfigmap/c\n", create("-f all -R", "").stdout());
  }

  @Test
  void stdinWithSeveralDocumentsAndLists() {
    var list = "---\napiVersion: v1\nkind: List\nitems: [" + B + "]\n---\n" + A;
    assertEquals("configmap/b\nconfigmap/a\n", create("-f -", list).stdout());
  }

  @Test
  void urlsOfThisMachine() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/a.yaml",
        exchange -> {
          var bytes = A.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertEquals("configmap/a\n", create("-f " + url + "/a.yaml", "").stdout());
      assertTrue(
          create("-f " + url + "/b.yaml", "").stderr().endsWith("reported status code=404\n"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsNoManifestIsSaidWithItsPlace() {
    assertEquals(
        "error: the path \"nothing.yaml\" does not exist\n",
        create("-f nothing.yaml", "").stderr());
    assertEquals(
        "error: error parsing STDIN: error converting YAML to JSON: yaml: line 3: expected ',' or"
            + " '}', but got <stream end>\n",
        create("-f -", "a: b\nc: {d\n").stderr());
    assertTrue(create("-f -", "a: b").stderr().contains("[apiVersion not set, kind not set]"));
  }

  private Said create(String words, String stdin) {
    var api = new ScriptedApi().discovery();
    return new Offline(api, folder, stdin, Map.of(), Terminal.NONE)
        .run("create --dry-run=client -o name " + words);
  }
}
