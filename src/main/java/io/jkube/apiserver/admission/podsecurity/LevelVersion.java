package io.jkube.apiserver.admission.podsecurity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A standard as of a minor version of Kubernetes.
 *
 * @param minor {@link #LATEST} for the newest
 */
record LevelVersion(Level level, int minor) {
  static final int LATEST = Integer.MAX_VALUE;
  static final LevelVersion PRIVILEGED = new LevelVersion(Level.PRIVILEGED, LATEST);

  private static final Pattern VERSION = Pattern.compile("v1\\.([0-9]|[1-9][0-9]{1,4})");

  /** From free to strict. */
  enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Null for what is none. */
    static Level of(String text) {
      for (var level : values()) {
        if (level.text().equals(text)) {
          return level;
        }
      }
      return null;
    }
  }

  /** {@code latest} or {@code v1.x}; -1 for what is none. */
  static int minor(String text) {
    if (text.equals("latest")) {
      return LATEST;
    }
    var version = VERSION.matcher(text);
    return version.matches() ? Integer.parseInt(version.group(1)) : -1;
  }

  boolean from(int version) {
    return minor >= version;
  }

  /** {@code restricted:latest}, {@code baseline:v1.24}. */
  @Override
  public String toString() {
    return level.text() + ":" + (minor == LATEST ? "latest" : "v1." + minor);
  }
}
