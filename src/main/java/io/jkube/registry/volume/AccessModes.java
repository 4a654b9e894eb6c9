package io.jkube.registry.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may use a volume at the same time. */
public final class AccessModes {
  private static final List<String> MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
  private static final Map<String, String> SHORT =
      Map.of(
          "ReadWriteOnce", "RWO",
          "ReadOnlyMany", "ROX",
          "ReadWriteMany", "RWX",
          "ReadWriteOncePod", "RWOP");

  private AccessModes() {}

  /** {@code RWO,RWX}, in upstream's order. */
  public static String shown(JsonNode modes) {
    var words = new ArrayList<String>();
    for (var mode : List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")) {
      for (var each : modes) {
        if (each.asText().equals(mode) && !words.contains(SHORT.get(mode))) {
          words.add(SHORT.get(mode));
        }
      }
    }
    return String.join(",", words);
  }

  /**
   * @param missing what is said where there are none
   */
  public static void validate(JsonNode modes, String at, String missing, Violations violations) {
    if (modes.isEmpty()) {
      violations.required(at, missing);
    }
    boolean alone = false;
    for (var mode : modes) {
      if (!MODES.contains(mode.asText())) {
        violations.notSupported(at, mode.asText(), MODES);
      }
      alone |= mode.asText().equals("ReadWriteOncePod");
    }
    if (alone && modes.size() > 1) {
      violations.forbidden(at, "may not use ReadWriteOncePod with other access modes");
    }
  }
}
