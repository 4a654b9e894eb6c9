package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.fields.Configuration;
import io.jkube.apiserver.negotiate.Yaml;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.ResourceCall;
import java.io.IOException;
import java.util.Optional;

/** Reads the configuration in the body of an apply patch. */
public final class ApplyPatch {
  public static final String CONTENT_TYPE = "application/apply-patch+yaml";

  private ApplyPatch() {}

  /**
   * @param call warned of keys that stand twice, unless {@code fieldValidation} says otherwise
   * @throws ApiException BadRequest
   */
  public static Configuration configuration(ResourceCall call) {
    return new Configuration(object(call), call.request().flag("force"));
  }

  private static ObjectNode object(ResourceCall call) {
    if (tree(call) instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("error decoding patch: an object is needed");
  }

  private static JsonNode tree(ResourceCall call) {
    return switch (call.request().body()) {
      case Body.Tree tree -> tree.tree();
      case Body.None none -> throw ApiException.badRequest("a patch needs a body");
      case Body.Encoded encoded -> parse(call, encoded.bytes());
    };
  }

  private static JsonNode parse(ResourceCall call, byte[] bytes) {
    var json = json(bytes);
    if (json.isPresent()) {
      return json.get();
    }
    var parsed = Yaml.parseNoting(bytes);
    var strictness = call.request().parameter("fieldValidation");
    if (!strictness.equals("Ignore") && !parsed.duplicates().isEmpty()) {
      var twice = "error converting YAML to JSON: " + parsed.problem();
      if (strictness.equals("Strict")) {
        throw ApiException.badRequest("error strict decoding patch: " + twice);
      }
      call.warnings().add(twice);
    }
    return parsed.tree();
  }

  /** JSON is YAML too, and read faster; empty where it is none, or has a key twice. */
  private static Optional<JsonNode> json(byte[] bytes) {
    try {
      return bytes.length > 0 && bytes[0] == '{'
          ? Optional.of(Json.MAPPER.readTree(bytes))
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
