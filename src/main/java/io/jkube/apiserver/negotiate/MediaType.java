package io.jkube.apiserver.negotiate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One clause of an Accept header, or a Content-Type.
 *
 * @param name type and subtype in lower case
 * @param parameters without {@code q}; names in lower case
 */
public record MediaType(String name, Map<String, String> parameters, double quality) {
  public static final String JSON = "application/json";
  public static final String YAML = "application/yaml";
  public static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  /** By quality; among equals what names a type before what takes several. */
  private static final Comparator<MediaType> BEST_FIRST =
      Comparator.comparingDouble((MediaType clause) -> -clause.quality)
          .thenComparing((MediaType clause) -> clause.name.startsWith("*/"))
          .thenComparing((MediaType clause) -> clause.name.endsWith("/*"));

  /** The clauses of an Accept header, the best first; an empty header takes anything. */
  public static List<MediaType> accepted(String header) {
    if (header.isBlank()) {
      return List.of(of("*/*"));
    }
    var clauses = new ArrayList<MediaType>();
    for (var clause : header.split(",")) {
      if (!clause.isBlank()) {
        clauses.add(of(clause));
      }
    }
    clauses.sort(BEST_FIRST);
    return clauses;
  }

  /** Reads one clause; what is malformed in it is left out. */
  public static MediaType of(String text) {
    var parts = text.split(";", -1);
    var parameters = new HashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        parameters.put(
            parts[i].substring(0, equals).trim().toLowerCase(Locale.ROOT),
            parts[i].substring(equals + 1).trim().replace("\"", ""));
      }
    }
    return new MediaType(
        parts[0].trim().toLowerCase(Locale.ROOT), parameters, quality(parameters.remove("q")));
  }

  /** The formats of objects, for the refusal of another. */
  public static String served(boolean protobuf) {
    return String.join(", ", protobuf ? List.of(JSON, YAML, PROTOBUF) : List.of(JSON, YAML));
  }

  private static double quality(String text) {
    try {
      return text == null ? 1 : Double.parseDouble(text);
    } catch (NumberFormatException malformed) {
      return 1;
    }
  }

  public String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  /** Whether it can be answered with JSON. */
  public boolean takesJson() {
    return name.equals(JSON) || name.equals("*/*") || name.equals("application/*");
  }

  public boolean takesYaml() {
    return name.equals(YAML) || name.equals("application/x-yaml") || name.equals("text/yaml");
  }

  public boolean takesProtobuf() {
    return name.equals(PROTOBUF);
  }
}
