package io.jkube.apiserver.openapi;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.negotiate.MediaType;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Etag;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.schema.OpenApiSource;
import java.util.Optional;
import java.util.TreeSet;

/** {@code /openapi/v3}, the documents below it, and {@code /openapi/v2}. */
public final class OpenApi {
  private static final String V3 = "/openapi/v3";
  private static final String V2 = "/openapi/v2";

  private final OpenApiSource source;

  public OpenApi(OpenApiSource source) {
    this.source = source;
  }

  public Optional<Reply> answer(ApiRequest request) {
    var path = request.path();
    if (!path.equals(V2) && !path.equals(V3) && !path.startsWith(V3 + "/")) {
      return Optional.empty();
    }
    requireJson(request);
    if (path.equals(V3)) {
      return Optional.of(Reply.ok(index()));
    }
    var document = path.equals(V2) ? source.v2() : source.v3(path.substring(V3.length() + 1));
    return document.map(bytes -> new Reply.Text(200, MediaType.JSON, bytes, Etag.of(bytes)));
  }

  private com.fasterxml.jackson.databind.node.ObjectNode index() {
    var index = Json.object();
    var paths = index.putObject("paths");
    for (var path : new TreeSet<>(source.paths())) {
      var url = V3 + "/" + path + "?hash=" + source.hash(path);
      paths.putObject(path).put("serverRelativeURL", url);
    }
    return index;
  }

  private static void requireJson(ApiRequest request) {
    if (MediaType.accepted(request.accept()).stream().noneMatch(MediaType::takesJson)) {
      throw new ApiException(
          StatusReason.NOT_ACCEPTABLE,
          "only the following media types are accepted: " + MediaType.JSON);
    }
  }
}
