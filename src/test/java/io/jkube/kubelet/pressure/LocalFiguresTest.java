package io.jkube.kubelet.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.kubelet.pressure.NodeFigures.Left;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a figure of inodes is told. */
final class LocalFiguresTest {
  private static final Path HERE = Path.of(".");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long free = 900;
  private final LocalFigures figures =
      new LocalFigures(HERE, HERE, () -> now, folder -> new Left(free, 1000));

  private long told() {
    return figures.look().get(EvictionSignal.NODEFS_INODES_FREE).available();
  }

  @Test
  void aMinuteUnlessSomebodyAsksAnew() {
    assertEquals(900, told());
    free = 5;
    now = now.plus(Duration.ofSeconds(59));
    assertEquals(900, told());
    assertEquals(5, figures.lookAnew().get(EvictionSignal.NODEFS_INODES_FREE).available());
    free = 700;
    now = now.plus(Duration.ofSeconds(59));
    assertEquals(5, told());
    now = now.plus(Duration.ofSeconds(1));
    assertEquals(700, told());
  }

  @Test
  void noLongerWhenTheClockIsSetBack() {
    assertEquals(900, told());
    free = 5;
    now = now.minus(Duration.ofHours(3));
    assertEquals(5, told());
  }
}
