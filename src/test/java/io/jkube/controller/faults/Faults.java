package io.jkube.controller.faults;

import io.jkube.client.ApiCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What becomes of each call: a number drawn from the seed, who calls, what it asks for, and how
 * often it was asked for before. Thread-safe.
 */
final class Faults {
  /** What becomes of a call. */
  enum Fate {
    DONE,
    /** The server was not reached. */
    REFUSED,
    /** It was done, and nobody heard of it. */
    LOST,
    /** Somebody was faster. */
    CONFLICT,
    /** The server failed at it. */
    BROKEN,
    /** It takes its time. */
    SLOW
  }

  /** What becomes of an event of a watch. */
  enum Delivery {
    NOW,
    LATE,
    /** The connection ends before it. */
    CUT,
    /** The server has forgotten where the watcher is. */
    EXPIRED
  }

  private final long seed;
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private volatile boolean over;

  Faults(long seed) {
    this.seed = seed;
  }

  /** From now on nothing fails. */
  void end() {
    over = true;
  }

  Fate fate(String who, ApiCall call) {
    int draw = draw(who + " " + call.method() + " " + call.path());
    if (over || draw >= 160) {
      return Fate.DONE;
    }
    boolean writes = !call.method().equals("GET");
    if (draw < 40) {
      return Fate.REFUSED;
    } else if (draw < 80) {
      return writes ? Fate.LOST : Fate.SLOW;
    } else if (draw < 110) {
      return isUpdate(call) ? Fate.CONFLICT : Fate.SLOW;
    } else if (draw < 120) {
      return Fate.BROKEN;
    }
    return Fate.SLOW;
  }

  private static boolean isUpdate(ApiCall call) {
    return call.method().equals("PUT") || call.method().equals("PATCH");
  }

  boolean refusesWatch(String who, ApiCall call) {
    return draw(who + " watch " + call.path()) < 50 && !over;
  }

  Delivery delivery(String who, ApiCall call) {
    int draw = draw(who + " event " + call.path());
    if (over || draw >= 60) {
      return Delivery.NOW;
    }
    return draw < 8 ? Delivery.EXPIRED : draw < 20 ? Delivery.CUT : Delivery.LATE;
  }

  /** How long what is late or slow waits. */
  int millis(String who, ApiCall call) {
    return 1 + draw(who + " delay " + call.path()) % 20;
  }

  /** 0 to 999. */
  private int draw(String what) {
    int time = asked.computeIfAbsent(what, any -> new AtomicInteger()).incrementAndGet();
    long mixed = seed * 0x9E3779B97F4A7C15L + what.hashCode() * 0xBF58476D1CE4E5B9L + time;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, 1000);
  }
}
