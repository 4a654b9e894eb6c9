package io.jkube.apiserver.negotiate;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import java.util.function.BooleanSupplier;

/** What a client gets to see of objects, and in which format: the first clause that can be met. */
record Negotiation(Format format, Representation representation) {
  /**
   * What the Accept header asks for.
   *
   * @param tables whether the kind is shown in tables; what is only asked and answered is not
   * @param protobuf whether objects of the kind have a protobuf form; their metadata always has
   * @throws ApiException NotAcceptable when nothing that the header names can be given
   */
  static Negotiation of(ApiRequest request, boolean tables, BooleanSupplier protobuf) {
    for (var clause : MediaType.accepted(request.accept())) {
      boolean plain = clause.parameter("as").isEmpty();
      var format = Format.of(clause, () -> !plain || protobuf.getAsBoolean());
      boolean served = tables || !clause.parameter("as").equals("Table");
      if (format != null && served) {
        return new Negotiation(format, Representation.of(clause, request));
      }
    }
    throw new ApiException(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: "
            + MediaType.served(protobuf.getAsBoolean()));
  }
}
