package io.jkube.apiserver.negotiate;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;

/** Reads bodies that come in protobuf, so that whoever reads them after sees a tree. */
public record ProtobufBody(ProtobufCodec codec) {
  private static final GroupVersionKind DELETE_OPTIONS =
      new GroupVersionKind("", "v1", "DeleteOptions");

  /**
   * The request with its body read, or as it is when that is not in protobuf.
   *
   * @param kind of the resource that the request is about
   * @throws ApiException BadRequest when the body is malformed, UnsupportedMediaType when the kind
   *     has no protobuf form
   */
  public ApiRequest decoded(ApiRequest request, GroupVersionKind kind) {
    boolean written = request.body() instanceof Body.Encoded && !request.method().equals("PATCH");
    if (!written || !MediaType.of(request.contentType()).takesProtobuf()) {
      return request;
    }
    boolean delete = request.method().equals("DELETE");
    if (!delete && !codec.serves(kind)) {
      throw new ApiException(
          StatusReason.UNSUPPORTED_MEDIA_TYPE,
          "the body of the request was in an unknown format - accepted media types include: "
              + MediaType.served(false));
    }
    var bytes = ((Body.Encoded) request.body()).bytes();
    var usual = delete ? DELETE_OPTIONS : kind;
    return request.withBody(new Body.Tree(codec.decode(bytes, usual)));
  }
}
