package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.kubelet.runtime.RuntimeFailure;

/**
 * What an engine says of itself at {@code /version}.
 *
 * @param api the newest API it speaks
 * @param oldestApi the oldest API it still speaks
 */
record EngineVersion(String version, Api api, Api oldestApi) {
  /** The API this runtime is written for: Docker 20.10. */
  static final Api WANTED = new Api(1, 41);

  /** {@code 1.41}. */
  record Api(int major, int minor) implements Comparable<Api> {
    static Api parse(String text) {
      var parts = text.split("\\.");
      try {
        return new Api(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
        throw new IllegalArgumentException("not an API version: " + text, malformed);
      }
    }

    @Override
    public int compareTo(Api other) {
      return major != other.major ? major - other.major : minor - other.minor;
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /**
   * @throws RuntimeFailure of kind REFUSED where the engine is too old for us
   */
  static EngineVersion read(JsonNode answer) {
    EngineVersion version;
    try {
      version =
          new EngineVersion(
              answer.path("Version").asText(),
              Api.parse(answer.path("ApiVersion").asText()),
              Api.parse(answer.path("MinAPIVersion").asText(WANTED.toString())));
    } catch (IllegalArgumentException malformed) {
      throw new RuntimeFailure(
          RuntimeFailure.Kind.REFUSED, "what answers there is no Docker Engine", malformed);
    }
    if (version.api.compareTo(WANTED) < 0) {
      throw new RuntimeFailure(
          RuntimeFailure.Kind.REFUSED,
          "Docker Engine %s speaks API %s; jkube needs %s (Docker 20.10) or newer"
              .formatted(version.version, version.api, WANTED),
          null);
    }
    return version;
  }

  /** The API to speak: ours, or the oldest that a newer engine still speaks. */
  Api spoken() {
    return oldestApi.compareTo(WANTED) > 0 ? oldestApi : WANTED;
  }
}
