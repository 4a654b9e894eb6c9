package io.jkube.scheduler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.metrics.TextFormat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulerMetricsTest {
  private final SchedulerMetrics metrics =
      new SchedulerMetrics(
          new SchedulingQueue(PluginList.standard(null, List::of, null), () -> Instant.EPOCH));

  @Test
  void fifteenTriesAndMoreAreToldTogether() {
    metrics.scheduled(14, 1);
    metrics.scheduled(15, 1);
    metrics.scheduled(40, 1);
    var text = new TextFormat();
    metrics.writeTo(text);
    var count = "scheduler_pod_scheduling_sli_duration_seconds_count{attempts=";
    assertTrue(text.toString().contains(count + "\"14\"} 1\n"), text.toString());
    assertTrue(text.toString().contains(count + "\"15+\"} 2\n"), text.toString());
    assertFalse(text.toString().contains("attempts=\"16"), text.toString());
  }
}
