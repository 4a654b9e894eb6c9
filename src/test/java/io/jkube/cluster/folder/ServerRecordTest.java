package io.jkube.cluster.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerRecordTest {
  @TempDir Path home;

  @Test
  void theRunningProcessIsBelieved() throws IOException {
    var folder = folder();
    var record = record(ProcessHandle.current(), Duration.ZERO);
    record.write(folder);
    assertEquals(record, ServerRecord.ofRunning(folder).orElseThrow());
    assertTrue(ServerRecord.ofRunning(folder).orElseThrow().process().isPresent());
  }

  @Test
  void anotherProcessWithTheSameNumberIsNot() throws IOException {
    var folder = folder();
    record(ProcessHandle.current(), Duration.ofMinutes(-10)).write(folder);
    assertFalse(ServerRecord.ofRunning(folder).isPresent());
    assertTrue(ServerRecord.read(folder).isPresent());
  }

  @Test
  void theKernelsIdeaOfItsStartMayMoveALittle() throws IOException {
    var folder = folder();
    record(ProcessHandle.current(), Duration.ofSeconds(-1)).write(folder);
    assertTrue(ServerRecord.ofRunning(folder).isPresent());
  }

  @Test
  void ofAServerThatEndedOnlyItsSettingsCount() throws IOException {
    var folder = folder();
    var record = record(ProcessHandle.current(), Duration.ZERO);
    record.ended().write(folder);
    assertFalse(ServerRecord.ofRunning(folder).isPresent());
    assertEquals(record.port(), ServerRecord.read(folder).orElseThrow().port());
  }

  @Test
  void whatIsTornOrAbsentIsNoRecord() throws IOException {
    var folder = folder();
    assertFalse(ServerRecord.ofRunning(folder).isPresent());
    for (var torn : new String[] {"", "{\"pid\":", "[]", "{\"pid\":1}", "{}"}) {
      Files.writeString(folder.record(), torn);
      assertFalse(ServerRecord.ofRunning(folder).isPresent(), torn);
    }
  }

  @Test
  void aFullLogIsTurnedOverOnce() throws IOException {
    var file = home.resolve("log");
    var line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.UTF_8);
    try (var log = ServerLog.append(file)) {
      for (long written = 0; written < 5 * ServerLog.MAX_BYTES / 2; written += line.length) {
        log.write(line);
      }
    }
    assertTrue(Files.size(file) <= ServerLog.MAX_BYTES);
    assertTrue(Files.size(home.resolve("log.1")) <= ServerLog.MAX_BYTES);
    long before = Files.size(file);
    try (var log = ServerLog.append(file)) {
      log.write(line);
    }
    assertEquals(before + line.length, Files.size(file));
  }

  private ClusterFolder folder() throws IOException {
    var folder = new ClusterFolder("test", home.resolve("test"));
    PrivateFiles.createFolder(folder.path());
    return folder;
  }

  private static ServerRecord record(ProcessHandle process, Duration shift) {
    var start = process.info().startInstant().orElseThrow().plus(shift);
    return new ServerRecord(
        process.pid(),
        start,
        Instant.parse("2026-01-01T00:00:00Z"),
        "0.1.0",
        6443,
        0,
        1,
        "fake",
        Map.of("token-auth-file", "/etc/tokens.csv"));
  }
}
