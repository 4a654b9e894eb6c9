package io.jkube.apiserver.negotiate;

import java.util.function.BooleanSupplier;

/** The formats of objects. */
public enum Format {
  JSON,
  YAML,
  PROTOBUF;

  /**
   * The one that a clause of an Accept header is answered in, or null when it cannot be.
   *
   * @param protobuf whether the object has a protobuf form; asked only where that matters
   */
  static Format of(MediaType clause, BooleanSupplier protobuf) {
    if (!Representation.isKnown(clause)) {
      return null;
    }
    if (clause.takesJson()) {
      return JSON;
    }
    if (clause.takesYaml()) {
      return YAML;
    }
    return clause.takesProtobuf() && !isTable(clause) && protobuf.getAsBoolean() ? PROTOBUF : null;
  }

  /** The best one that the whole header takes; JSON where it takes none. */
  public static Format of(String accept, BooleanSupplier protobuf) {
    for (var clause : MediaType.accepted(accept)) {
      var format = of(clause, protobuf);
      if (format != null) {
        return format;
      }
    }
    return JSON;
  }

  /** Its cells are of any type, which protobuf has not. */
  private static boolean isTable(MediaType clause) {
    return clause.parameter("as").equals("Table");
  }
}
