package io.jkube.apiserver.negotiate;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.ApiRequest;

/** As what a client wants to see objects. */
public sealed interface Representation {
  /** As they are. */
  record Plain() implements Representation {}

  /**
   * As rows of a table.
   *
   * @param version of {@code meta.k8s.io}
   * @param include how much of the object goes with each row
   */
  record Table(String version, Include include) implements Representation {}

  /** Their metadata only. */
  record Metadata(String version) implements Representation {}

  /** How much of the object a row carries: {@code includeObject}. */
  enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  /** Whether a clause asks for something that there is. */
  static boolean isKnown(MediaType clause) {
    var version = clause.parameter("v");
    return switch (clause.parameter("as")) {
      case "" -> true;
      case "Table", "PartialObjectMetadata", "PartialObjectMetadataList" ->
          clause.parameter("g").equals("meta.k8s.io")
              && (version.equals("v1") || version.equals("v1beta1"));
      default -> false;
    };
  }

  /** What a known clause asks for. */
  static Representation of(MediaType clause, ApiRequest request) {
    var version = clause.parameter("v");
    return switch (clause.parameter("as")) {
      case "" -> new Plain();
      case "Table" -> new Table(version, include(request));
      default -> new Metadata(version);
    };
  }

  private static Include include(ApiRequest request) {
    return switch (request.parameter("includeObject")) {
      case "", "Metadata" -> Include.METADATA;
      case "None" -> Include.NONE;
      case "Object" -> Include.OBJECT;
      case String other ->
          throw ApiException.badRequest(
              "unrecognized includeObject value \"" + other + "\": must be None, Metadata, Object");
    };
  }
}
