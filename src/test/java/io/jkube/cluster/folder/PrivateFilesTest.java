package io.jkube.cluster.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold keys. */
final class PrivateFilesTest {
  @TempDir Path folder;

  @Test
  void whatAKilledWriterLeftIsGoneWithTheNextWrite() throws IOException {
    var file = folder.resolve("config");
    Files.writeString(folder.resolve(".config.jkube"), "half a k");

    PrivateFiles.write(file, "a key".getBytes(StandardCharsets.UTF_8));

    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
    assertEquals("a key", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
