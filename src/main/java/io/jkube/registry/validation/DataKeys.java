package io.jkube.registry.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Violations;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What the keys of ConfigMaps and Secrets may look like, and how much they may hold. */
public final class DataKeys {
  /** 1 MiB: {@code v1.MaxSecretSize}. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_KEY_CHARACTERS = 253;
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  private static final String RULE =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
          + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
          + " '[-._a-zA-Z0-9]+')";

  private DataKeys() {}

  /** Adds what is wrong with the keys of a map. */
  public static void validate(JsonNode map, String path, Violations violations) {
    for (var entry : map.properties()) {
      var key = entry.getKey();
      var field = path + "[" + key + "]";
      if (key.length() > MAX_KEY_CHARACTERS) {
        violations.invalid(
            field, key, "must be no more than " + MAX_KEY_CHARACTERS + " characters");
      }
      if (!KEY.matcher(key).matches()) {
        violations.invalid(field, key, RULE);
      } else if (key.equals(".")) {
        violations.invalid(field, key, "must not be '.'");
      } else if (key.startsWith("..")) {
        violations.invalid(
            field, key, key.equals("..") ? "must not be '..'" : "must not start with '..'");
      }
    }
  }

  /** The bytes that the values of a map hold. */
  public static long bytes(JsonNode map, boolean encoded) {
    long bytes = 0;
    for (var value : map) {
      int length = value.asText().getBytes(StandardCharsets.UTF_8).length;
      bytes += encoded ? length / 4L * 3 : length;
    }
    return bytes;
  }

  public static void validateSize(long bytes, String path, Violations violations) {
    if (bytes > MAX_BYTES) {
      violations.tooLong(path, MAX_BYTES);
    }
  }
}
