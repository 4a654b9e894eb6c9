package io.jkube.apiserver.admission.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.apiserver.admission.podsecurity.LevelVersion.Level;
import io.jkube.registry.Violations;

/** What the labels of a namespace ask for. */
record SecurityPolicy(LevelVersion enforce, LevelVersion audit, LevelVersion warn) {
  private static final String PREFIX = "pod-security.kubernetes.io/";

  /**
   * Labels that say nothing of sense are noted, and count as the strictest to enforce, as the
   * freest to tell of.
   *
   * @param labels may be missing
   */
  static SecurityPolicy of(JsonNode labels, Violations violations) {
    var enforce = read(labels, "enforce", Level.RESTRICTED, violations);
    var audit = read(labels, "audit", Level.PRIVILEGED, violations);
    var warn = read(labels, "warn", Level.PRIVILEGED, violations);
    boolean enforced = Level.of(labels.path(PREFIX + "enforce").asText()) != null;
    if (!labels.has(PREFIX + "warn") && enforced && enforce.level().compareTo(warn.level()) > 0) {
      boolean ownVersion = labels.has(PREFIX + "warn-version");
      warn = new LevelVersion(enforce.level(), ownVersion ? warn.minor() : enforce.minor());
    }
    return new SecurityPolicy(enforce, audit, warn);
  }

  private static LevelVersion read(
      JsonNode labels, String mode, Level otherwise, Violations violations) {
    var level = Level.PRIVILEGED;
    if (labels.has(PREFIX + mode)) {
      var text = labels.path(PREFIX + mode).asText();
      level = Level.of(text);
      if (level == null) {
        level = otherwise;
        invalid(mode, text, "must be one of privileged, baseline, restricted", violations);
      }
    }
    int minor = LevelVersion.LATEST;
    if (labels.has(PREFIX + mode + "-version")) {
      var text = labels.path(PREFIX + mode + "-version").asText();
      minor = LevelVersion.minor(text);
      if (minor < 0) {
        minor = LevelVersion.LATEST;
        invalid(mode + "-version", text, "must be \"latest\" or \"v1.x\"", violations);
      }
    }
    return new LevelVersion(level, minor);
  }

  private static void invalid(String label, String value, String why, Violations violations) {
    violations.invalid("metadata.labels[" + PREFIX + label + "]", value, why);
  }

  boolean asksNothing() {
    return tellsNothing() && enforce.level() == Level.PRIVILEGED;
  }

  /** Whether only pods themselves are concerned. */
  boolean tellsNothing() {
    return audit.level() == Level.PRIVILEGED && warn.level() == Level.PRIVILEGED;
  }
}
