package io.jkube.kubelet.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.NodeCare;
import io.jkube.kubelet.pressure.NodeFigures.Left;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Thresholds as settings say them. */
final class ThresholdTest {
  private static final long MIB = 1 << 20;

  @Test
  void amountsAndPercentages() {
    var thresholds = Threshold.parseAll("memory.available<100Mi, nodefs.available<10%");
    var memory = thresholds.getFirst();
    assertEquals(EvictionSignal.MEMORY_AVAILABLE, memory.signal());
    assertTrue(memory.isMet(new Left(100 * MIB - 1, 1000 * MIB)));
    assertFalse(memory.isMet(new Left(100 * MIB, 1000 * MIB)));
    var disk = thresholds.getLast();
    assertTrue(disk.isMet(new Left(99, 1000)));
    assertFalse(disk.isMet(new Left(100, 1000)));
    assertEquals("100Mi 10%", memory.text() + " " + disk.text());
  }

  @Test
  void wholeAndNoPercentTakeASignalOut() {
    assertEquals(List.of(), Threshold.parseAll("nodefs.available<0%,imagefs.available<100%"));
  }

  @Test
  void whatIsWrongIsSaid() {
    assertWrong("", "\"\" is no threshold; one is memory.available<100Mi");
    assertWrong("memory.available", "\"memory.available\" is no threshold");
    assertWrong("disk.free<1Gi", "no signal \"disk.free\"");
    assertWrong("memory.available<lots", "memory.available has no such value: \"lots\"");
    assertWrong("nodefs.available<101%", "between 0% and 100%");
    assertWrong("nodefs.available<NaN%", "between 0% and 100%");
    assertWrong("memory.available<-1Mi", "must be a positive quantity");
    assertWrong("pid.available<5,pid.available<6", "pid.available is there twice");
  }

  @Test
  void settingsNameTheSettingThatIsWrong() {
    assertEquals(
        Duration.ofSeconds(90),
        NodeCare.of(Map.of("eviction-pressure-transition-period", "1m30s")).pressureTransition());
    var wrong =
        assertThrows(
            IllegalArgumentException.class, () -> NodeCare.of(Map.of("eviction-hard", "x<1")));
    assertEquals("eviction-hard: no signal \"x\"", wrong.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> NodeCare.of(Map.of("eviction-pressure-transition-period", "soon")));
  }

  private static void assertWrong(String text, String said) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> Threshold.parseAll(text));
    assertTrue(wrong.getMessage().contains(said), wrong::getMessage);
  }
}
