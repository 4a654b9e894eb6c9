package io.jkube.apiserver.negotiate;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import java.util.Optional;

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

  /**
   * What the Accept header asks for.
   *
   * @throws ApiException NotAcceptable when nothing it names can be given
   */
  static Representation of(ApiRequest request) {
    for (var clause : MediaType.accepted(request.accept())) {
      if (clause.takesJson() || clause.takesYaml()) {
        var wanted = of(clause, request);
        if (wanted.isPresent()) {
          return wanted.get();
        }
      }
    }
    throw new ApiException(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: " + MediaType.JSON + ", " + MediaType.YAML);
  }

  private static Optional<Representation> of(MediaType clause, ApiRequest request) {
    var version = clause.parameter("v");
    boolean known =
        clause.parameter("g").equals("meta.k8s.io")
            && (version.equals("v1") || version.equals("v1beta1"));
    return switch (clause.parameter("as")) {
      case "" -> Optional.of(new Plain());
      case "Table" -> known ? Optional.of(new Table(version, include(request))) : Optional.empty();
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          known ? Optional.of(new Metadata(version)) : Optional.empty();
      default -> Optional.empty();
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
