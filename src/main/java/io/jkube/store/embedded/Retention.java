package io.jkube.store.embedded;

import java.util.ArrayDeque;

/**
 * Says when history is to be forgotten by itself, and up to where: once a bound is passed, well
 * below it, so that compactions are rare; and in small steps, so that no writer waits long for one.
 * Belongs to the writer.
 */
final class Retention {
  private static final long SAMPLE_EVERY_MILLIS = 10_000;
  private static final int MAX_REVISIONS_PER_STEP = 1_000;

  private record Sample(long millis, long revision) {}

  private final EmbeddedStoreSettings settings;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private long goal;

  Retention(EmbeddedStoreSettings settings) {
    this.settings = settings;
  }

  /** Time begins to count for what is there. */
  void begin(long nowMillis, long revision) {
    samples.addLast(new Sample(nowMillis, revision));
  }

  /**
   * The revision to compact at now; not above the present compact revision when there is no need.
   */
  long due(long nowMillis, History history) {
    goal = Math.max(goal, byTime(nowMillis, history.revision()));
    if (goal <= history.compactRevision()) {
      goal = Math.max(byNumber(history), byBytes(history));
    }
    return Math.min(goal, history.compactRevision() + MAX_REVISIONS_PER_STEP);
  }

  /** More steps are to be made. */
  boolean isUnderWay(History history) {
    return goal > history.compactRevision();
  }

  private long byNumber(History history) {
    return history.heldEvents() > settings.historyRevisions()
        ? history.revision() - settings.historyRevisions() / 2
        : 0;
  }

  private long byBytes(History history) {
    return history.heldBytes() > settings.historyBytes()
        ? history.compactionFor(settings.historyBytes() / 2)
        : 0;
  }

  private long byTime(long nowMillis, long revision) {
    var last = samples.peekLast();
    if (last == null || nowMillis - last.millis() >= SAMPLE_EVERY_MILLIS) {
      samples.addLast(new Sample(nowMillis, revision));
    }
    long target = 0;
    while (!samples.isEmpty()
        && nowMillis - samples.peekFirst().millis() >= settings.historyTime().toMillis()) {
      target = samples.removeFirst().revision();
    }
    return target;
  }
}
