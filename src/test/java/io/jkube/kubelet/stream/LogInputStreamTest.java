package io.jkube.kubelet.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.kubelet.runtime.ContainerRuntime.LogLine;
import io.jkube.kubelet.runtime.ContainerRuntime.LogStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogInputStreamTest {
  private static String read(Map<String, List<String>> query, String... lines) throws IOException {
    var given = List.of(lines).iterator();
    try (var in = new LogInputStream(new Lines(given), LogOptions.of(query))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private record Lines(Iterator<String> given) implements LogStream {
    @Override
    public LogLine next() {
      return given.hasNext()
          ? new LogLine(
              "stdout",
              Instant.parse("2026-01-02T03:04:05.000000600Z"),
              given.next().getBytes(StandardCharsets.UTF_8))
          : null;
    }

    @Override
    public void close() {}
  }

  @Test
  void linesComeAsTheyWereWritten() throws IOException {
    assertEquals("a\n\nb", read(Map.of(), "a\n", "\n", "b"));
  }

  @Test
  void timesStandBeforeLinesNotBeforeTheirParts() throws IOException {
    var time = "2026-01-02T03:04:05.000000600Z ";
    assertEquals(
        time + "begin end\n" + time + "b\n",
        read(Map.of("timestamps", List.of("true")), "begin ", "end\n", "b\n"));
  }

  @Test
  void aLimitCutsMidLine() throws IOException {
    assertEquals("ab\nc", read(Map.of("limitBytes", List.of("4")), "ab\n", "cd\n"));
  }
}
