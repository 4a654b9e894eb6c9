package io.jkube.apiserver.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DemandTest {
  private static final double NEARLY = 1e-9;

  private final Demand demand = new Demand(0);

  @Test
  void meanAndDeviationAreOverTime() {
    demand.change(4, 0);
    demand.change(-4, 50);
    var figures = demand.end(100);
    assertEquals(4, figures.most());
    assertEquals(2, figures.average(), NEARLY);
    assertEquals(2, figures.deviation(), NEARLY);
    assertEquals(4, figures.smoothed(), NEARLY);
  }

  @Test
  void aRiseShowsAtOnceAndAFallSlowly() {
    demand.change(10, 0);
    assertEquals(10, demand.end(100).smoothed(), NEARLY);
    demand.change(-10, 100);
    assertEquals(9.77, demand.end(200).smoothed(), NEARLY);
    for (int i = 3; i <= 31; i++) { // after 30 times 10 s
      demand.end(i * 100);
    }
    assertEquals(5, demand.figures().smoothed(), 0.1);
  }

  @Test
  void whatGoesOnIsTheLeastThatTheNextWhileSaw() {
    demand.change(7, 0);
    demand.change(-4, 10);
    assertEquals(7, demand.end(20).most());
    assertEquals(3, demand.end(30).most());
  }

  @Test
  void timesOutOfOrderAndWhilesOfNoLengthChangeNothing() {
    demand.change(2, 100);
    demand.change(1, 90);
    var figures = demand.end(200);
    assertEquals(3 * 100 / 200.0, figures.average(), NEARLY);
    assertEquals(figures, demand.end(200));
  }
}
