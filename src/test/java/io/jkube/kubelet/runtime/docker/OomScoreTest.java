package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OomScoreTest {
  @ParameterizedTest
  @CsvSource({"000001ffffffffff, true", "000001fffeffffff, false", "0000000001000000, true"})
  void theBoundingSetOfTheFirstProcessTells(String set, boolean may, @TempDir Path folder)
      throws IOException {
    var status = folder.resolve("status");
    Files.writeString(status, "Name:\tinit\nCapBnd:\t" + set + "\n");
    assertEquals(may, OomScore.boundingSetHolds(status));
    assertEquals(true, OomScore.boundingSetHolds(folder.resolve("none")));
  }

  @Test
  void oneRefusalIsRemembered() {
    var score = OomScore.may(true);
    assertEquals(-998, score.allowed(-998));
    score.noteRefusal("OCI runtime create failed: executable file not found");
    assertEquals(-998, score.allowed(-998));
    score.noteRefusal("container init: can't get final child's PID from pipe: EOF");
    assertEquals(0, score.allowed(-998));
    assertEquals(1000, score.allowed(1000));
  }
}
