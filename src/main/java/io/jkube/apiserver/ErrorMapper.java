package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become answers. What was not foreseen is logged, not told. */
final class ErrorMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

  private ErrorMapper() {}

  static Reply.Failed reply(ApiRequest request, Throwable failure) {
    return new Reply.Failed(
        switch (failure) {
          case ApiException known -> known;
          case StoreException store -> store(store);
          case StackOverflowError deep ->
              ApiException.badRequest("the object provided is nested too deeply");
          default -> {
            LOG.error("{} {} failed", request.method(), request.path(), failure);
            yield ApiException.internal("the request failed; the server's log says why");
          }
        });
  }

  private static ApiException store(StoreException failure) {
    return switch (failure) {
      case StoreException.RevisionMismatch faster ->
          new ApiException(
              StatusReason.CONFLICT,
              "the object has been modified; please apply your changes to the latest version and"
                  + " try again");
      case StoreException.Compacted gone ->
          new ApiException(StatusReason.EXPIRED, "too old resource version: " + gone.getMessage());
      case StoreException.FutureRevision future ->
          new ApiException(StatusReason.TIMEOUT, "Too large resource version");
      case StoreException.Unavailable down ->
          new ApiException(
              StatusReason.SERVICE_UNAVAILABLE, "the store is unavailable: " + down.getMessage());
      case StoreException.Locked locked ->
          new ApiException(StatusReason.SERVICE_UNAVAILABLE, locked.getMessage());
    };
  }
}
