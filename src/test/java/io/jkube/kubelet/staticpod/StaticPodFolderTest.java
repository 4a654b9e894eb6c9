package io.jkube.kubelet.staticpod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder says that is not as it should be. */
final class StaticPodFolderTest {
  private static final ObjectKey WEB = new ObjectKey("default", "web");

  @TempDir Path parent;

  private static ObjectNode read(byte[] file) {
    var name = new String(file, StandardCharsets.UTF_8);
    if (name.equals("strange")) {
      throw new IllegalStateException("a fault of the reader");
    }
    var pod = Json.object();
    pod.putObject("metadata").put("name", name).put("namespace", "default").put("uid", name);
    return pod;
  }

  private static StaticPodFolder folder(Path path) {
    return new StaticPodFolder(path, StaticPodFolderTest::read, StaticPodFolder.Located::pod);
  }

  @Test
  void aFolderThatIsRemovedHasNoPods() throws IOException {
    var path = Files.createDirectory(parent.resolve("manifests"));
    var file = Files.writeString(path.resolve("web.json"), "web");
    var folder = folder(path);
    assertEquals(Set.of(WEB), folder.pods().keySet());
    Files.delete(file);
    Files.delete(path);
    assertEquals(Set.of(), folder.pods().keySet());
    Files.createDirectory(path);
    Files.writeString(file, "web");
    assertEquals(Set.of(WEB), folder.pods().keySet());
  }

  @Test
  void whatCannotBeListedLeavesThePodsAsTheyAre() throws IOException {
    var path = Files.createDirectory(parent.resolve("manifests"));
    Files.writeString(path.resolve("web.json"), "web");
    var folder = folder(path);
    assertEquals(Set.of(WEB), folder.pods().keySet());
    Files.move(path, parent.resolve("elsewhere"));
    Files.writeString(path, "no folder");
    assertEquals(Set.of(WEB), folder.pods().keySet());
  }

  @Test
  void aFileThatTheReaderFailsAtKeepsNoOtherFromBeingRead() throws IOException {
    Files.writeString(parent.resolve("a.json"), "strange");
    Files.writeString(parent.resolve("b.json"), "web");
    assertEquals(Set.of(WEB), folder(parent).pods().keySet());
  }
}
