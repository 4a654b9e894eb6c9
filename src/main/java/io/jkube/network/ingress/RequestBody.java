package io.jkube.network.ingress;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.ExceptionUtil;

/**
 * A client's body on its way to a backend, chunk by chunk as it comes. Can be sent to another
 * backend as long as nothing was taken from it.
 */
final class RequestBody implements Request.Content {
  private final org.eclipse.jetty.server.Request from;
  private final String contentType;

  /** Was read to see whether there is a body. */
  private Content.Chunk first;

  private volatile boolean touched;

  private RequestBody(
      org.eclipse.jetty.server.Request from, String contentType, Content.Chunk first) {
    this.from = from;
    this.contentType = contentType;
    this.first = first;
  }

  /** Null when the request has none. */
  static RequestBody of(org.eclipse.jetty.server.Request request, String contentType) {
    if (request.getLength() == 0) {
      return null;
    }
    var first = request.read();
    boolean none = first != null && first.isLast() && !first.hasRemaining();
    return none && !Content.Chunk.isFailure(first)
        ? null
        : new RequestBody(request, contentType, first);
  }

  /** Whether a backend may have got a part of it. */
  boolean isTouched() {
    return touched;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public long getLength() {
    return from.getLength();
  }

  @Override
  public Content.Chunk read() {
    touched = true;
    var next = first;
    first = null;
    return next == null ? from.read() : next;
  }

  @Override
  public void demand(Runnable ready) {
    if (first == null) {
      from.demand(ready);
    } else {
      ExceptionUtil.run(ready, from::fail);
    }
  }

  /** The exchange decides what becomes of the client's request. */
  @Override
  public void fail(Throwable failure) {}
}
