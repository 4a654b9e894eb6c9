package io.jkube.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus reads. */
final class HistogramTest {
  @Test
  void labelsAndBoundsAreOneList() {
    var values = new Histogram(1, 2);
    values.observe(1.5);
    var text = new TextFormat();
    values.writeTo(text, "bare", "");
    values.writeTo(text, "named", "a=\"b\"");
    var lines = text.toString().lines().toList();
    assertEquals("bare_bucket{le=\"2\"} 1", lines.get(1));
    assertEquals("named_bucket{a=\"b\",le=\"+Inf\"} 1", lines.get(7));
  }

  @ParameterizedTest
  @CsvSource({"10,10", "0.5,0.5", "0.001,0.001", "0.0001,0.0001", "1e-5,1e-05", "2.5e-8,2.5e-08"})
  void boundsAreWrittenAsGoWritesThem(double bound, String text) {
    assertEquals(text, Histogram.number(bound));
  }
}
