package io.jkube.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.negotiate.MediaType;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Etag;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.schema.OpenApiSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /openapi/v3}, the documents below it, and {@code /openapi/v2}. */
public final class OpenApi {
  private static final String V3 = "/openapi/v3";
  private static final String V2 = "/openapi/v2";

  private static final String V2_PROTOBUF =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  /** What it was called before it had to be a valid media type. */
  private static final String V2_PROTOBUF_FORMERLY =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  private final OpenApiSource source;
  private final OtherDocuments others;
  private volatile InProtobuf v2Protobuf;
  private volatile Merged v2Merged;

  /** A document and its other form. */
  private record InProtobuf(byte[] document, byte[] bytes) {}

  /** A document of several, and the same with all that is in them. */
  private record Merged(byte[] own, List<ObjectNode> others, byte[] bytes) {}

  public OpenApi(OpenApiSource source, OtherDocuments others) {
    this.source = source;
    this.others = others;
  }

  public Optional<Reply> answer(ApiRequest request) {
    var path = request.path();
    if (!path.equals(V2) && !path.equals(V3) && !path.startsWith(V3 + "/")) {
      return Optional.empty();
    }
    if (path.equals(V2)) {
      return source.v2().map(bytes -> v2(request, withOthers(bytes)));
    }
    requireJson(request);
    return path.equals(V3)
        ? Optional.of(Reply.ok(index()))
        : source.v3(path.substring(V3.length() + 1)).map(OpenApi::json);
  }

  private static Reply json(byte[] document) {
    return new Reply.Text(200, MediaType.JSON, document, Etag.of(document));
  }

  private Reply v2(ApiRequest request, byte[] document) {
    for (var clause : MediaType.accepted(request.accept())) {
      if (clause.takesJson()) {
        return json(document);
      }
      if (clause.name().equals(V2_PROTOBUF) || clause.name().equals(V2_PROTOBUF_FORMERLY)) {
        return new Reply.Text(200, V2_PROTOBUF, protobuf(document), Etag.of(document));
      }
    }
    throw notAcceptable();
  }

  private byte[] withOthers(byte[] own) {
    var more = others.v2();
    if (more.isEmpty()) {
      return own;
    }
    var made = v2Merged;
    if (made == null || made.own() != own || made.others() != more) {
      made = new Merged(own, more, merged(own, more));
      v2Merged = made;
    }
    return made.bytes();
  }

  /** Of two definitions of one name the first stays: both mean a type of Kubernetes' own. */
  private static byte[] merged(byte[] own, List<ObjectNode> more) {
    var document = Json.parse(own);
    for (var other : more) {
      for (var part : List.of("paths", "definitions")) {
        var into = document.withObject("/" + part);
        other
            .path(part)
            .properties()
            .forEach(each -> into.putIfAbsent(each.getKey(), each.getValue()));
      }
    }
    return Json.bytes(document);
  }

  private byte[] protobuf(byte[] document) {
    var made = v2Protobuf;
    if (made == null || made.document() != document) {
      made = new InProtobuf(document, SwaggerProtobuf.of(document));
      v2Protobuf = made;
    }
    return made.bytes();
  }

  private ObjectNode index() {
    var index = Json.object();
    var paths = index.putObject("paths");
    var urls = new TreeMap<>(others.v3());
    for (var path : source.paths()) {
      urls.putIfAbsent(path, V3 + "/" + path + "?hash=" + source.hash(path));
    }
    urls.forEach((path, url) -> paths.putObject(path).put("serverRelativeURL", url));
    return index;
  }

  private static void requireJson(ApiRequest request) {
    if (MediaType.accepted(request.accept()).stream().noneMatch(MediaType::takesJson)) {
      throw notAcceptable();
    }
  }

  private static ApiException notAcceptable() {
    return new ApiException(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: " + MediaType.JSON);
  }
}
