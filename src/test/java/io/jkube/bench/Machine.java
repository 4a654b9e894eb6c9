package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Where a run measured, and how much else was going on there.
 *
 * @param load processes that wanted a core in the minute before; negative where it is not told
 */
record Machine(String system, int cores, double load) {
  static Machine now() {
    var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new Machine(
        system,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Whether others took the cores: then only ratios say something. */
  boolean busy() {
    return load > cores;
  }

  String text() {
    return String.format(Locale.ROOT, "%s, %d cores, load %.1f before the run", system, cores, load)
        + (busy() ? ": busy, only the ratios say something" : "");
  }

  ObjectNode json() {
    return Json.object().put("system", system).put("cores", cores).put("load", load);
  }
}
