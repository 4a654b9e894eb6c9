package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HeapBoundTest {
  private static final long MEBI = 1L << 20;

  private long taken = 24 * MEBI;
  private long live = 20 * MEBI;
  private int collections;
  private final HeapBound bound =
      new HeapBound(() -> taken, () -> taken - live, () -> collections++);

  @Test
  void aHeapThatGrewBySomeIsLeftAlone() {
    taken += HeapBound.SPARE_BYTES;
    bound.look();
    assertEquals(0, collections);
  }

  @Test
  void aHeapThatGrewByMoreIsCollectedOnce() {
    taken += HeapBound.SPARE_BYTES + 1;
    bound.look();
    bound.look();
    assertEquals(1, collections);
  }

  @Test
  void whereMuchLivesMoreMayBeTakenBeforeTheNext() {
    live = 400 * MEBI;
    taken = 500 * MEBI;
    bound.look();
    taken = 2 * live + HeapBound.SPARE_BYTES;
    bound.look();
    assertEquals(1, collections);
    taken += 1;
    bound.look();
    assertEquals(2, collections);
  }
}
