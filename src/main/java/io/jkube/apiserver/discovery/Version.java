package io.jkube.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Locale;

/** {@code /version}: the API level, and which jkube on what. */
public final class Version {
  private static final String MINOR = "35";
  private static final String OLDEST_COMPATIBLE_MINOR = "34";

  private Version() {}

  /**
   * @param own jkube's version
   */
  public static ObjectNode document(String own) {
    return Json.object()
        .put("major", "1")
        .put("minor", MINOR)
        .put("emulationMajor", "1")
        .put("emulationMinor", MINOR)
        .put("minCompatibilityMajor", "1")
        .put("minCompatibilityMinor", OLDEST_COMPATIBLE_MINOR)
        .put("gitVersion", "v1." + MINOR + ".0+jkube." + own)
        .put("gitCommit", "")
        .put("gitTreeState", "")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "java" + Runtime.version().feature())
        .put("compiler", "javac")
        .put("platform", system() + "/" + architecture());
  }

  private static String system() {
    var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("win") ? "windows" : "linux";
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }
}
