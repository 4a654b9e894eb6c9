package io.jkube.apiserver.fairness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stands still until it is moved; runs what is due then. */
public final class ManualTime implements Time {
  private final List<Due> dues = new ArrayList<>();
  private long now;

  private record Due(long at, Runnable action) {}

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized void after(Duration delay, Runnable action) {
    dues.add(new Due(now + delay.toNanos(), action));
  }

  public void pass(Duration duration) {
    due(duration).forEach(each -> each.action().run());
  }

  private synchronized List<Due> due(Duration duration) {
    now += duration.toNanos();
    var due = dues.stream().filter(each -> each.at() <= now).toList();
    dues.removeAll(due);
    return due;
  }
}
