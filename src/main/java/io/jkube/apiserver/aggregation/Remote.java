package io.jkube.apiserver.aggregation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.discovery.OtherVersion;
import java.time.Duration;

/**
 * Another server, and what is known of it.
 *
 * @param available whether requests are passed on
 * @param resources what it served when it last said so; null when it never did
 * @param last what the last look found; null before the first
 * @param dueNanos when it is looked at again, by {@link System#nanoTime}
 * @param failures how often in a row it did not answer
 */
record Remote(
    RemoteServer server,
    boolean available,
    ObjectNode resources,
    Availability last,
    long dueNanos,
    int failures) {
  /** After which a server that answered is looked at again. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /** After which one is that did not; doubled with each time, so often. */
  private static final Duration LOOK_SOON = Duration.ofMillis(100);

  private static final int MOST_DOUBLINGS = 6;

  /**
   * @param available what its status says of it
   */
  static Remote unseen(RemoteServer server, boolean available) {
    return new Remote(server, available, null, null, System.nanoTime(), 0);
  }

  /** The same server after it was asked. */
  Remote asked(Availability found, long now) {
    int failed = found.available() ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
    long pause = failed == 0 ? LOOK_AGAIN.toNanos() : LOOK_SOON.toNanos() << failed;
    var served = found.resources() == null ? resources : found.resources();
    return new Remote(server, found.available(), served, found, now + pause, failed);
  }

  /** The same server when nothing leads to it; to be asked as soon as something does. */
  Remote cutOff(Availability why, long now) {
    return new Remote(server, false, resources, why, now, 0);
  }

  boolean isDue(long now) {
    return dueIn(now) <= 0;
  }

  long dueIn(long now) {
    return dueNanos - now;
  }

  OtherVersion discovered() {
    var api = server.api();
    return new OtherVersion(
        api.group(),
        api.version(),
        api.groupPriority(),
        api.versionPriority(),
        resources,
        available && resources != null);
  }
}
