package io.jkube.store.embedded;

import java.util.ArrayDeque;

/**
 * Says when history is to be forgotten by itself, and up to where. Once a bound is passed, it goes
 * well below it, so that compactions are few. Belongs to the writer.
 */
final class Retention {
  private static final long SAMPLE_EVERY_MILLIS = 10_000;

  private record Sample(long millis, long revision) {}

  private final EmbeddedStoreSettings settings;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  Retention(EmbeddedStoreSettings settings) {
    this.settings = settings;
  }

  /** The revision to compact at; not above the present compact revision when there is no need. */
  long due(long nowMillis, History history) {
    long target = byTime(nowMillis, history.revision());
    if (history.heldEvents() > settings.historyRevisions()) {
      target = Math.max(target, history.revision() - settings.historyRevisions() / 2);
    }
    if (history.heldBytes() > settings.historyBytes()) {
      target = Math.max(target, history.compactionFor(settings.historyBytes() / 2));
    }
    return target;
  }

  private long byTime(long nowMillis, long revision) {
    var last = samples.peekLast();
    if (last == null
        || (last.revision() < revision && nowMillis - last.millis() >= SAMPLE_EVERY_MILLIS)) {
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
