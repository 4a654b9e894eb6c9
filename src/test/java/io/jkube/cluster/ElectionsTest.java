package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import org.junit.jupiter.api.Test;

final class ElectionsTest {
  /** Counts one thing. */
  private static final class Work implements AutoCloseable, MetricsSource {
    private final String name;
    private boolean closed;

    Work(String name) {
      this.name = name;
    }

    @Override
    public void writeTo(TextFormat text) {
      text.sample(name, "", 1);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Elections.UnderWay underWay = new Elections.UnderWay();

  @Test
  void onlyWorkThatIsUnderWayTellsWhatItCounts() throws Exception {
    assertEquals("", told());
    var first = new Work("first");
    var begun = underWay.begin(first);
    assertTrue(told().startsWith("first"), told());
    begun.close();
    assertTrue(first.closed);
    assertEquals("", told());
    underWay.begin(new Work("second"));
    assertTrue(told().startsWith("second"), told());
  }

  private String told() {
    var text = new TextFormat();
    underWay.writeTo(text);
    return text.toString();
  }
}
