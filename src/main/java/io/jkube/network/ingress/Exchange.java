package io.jkube.network.ingress;

import io.jkube.network.proxy.Backend;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request, a backend, and its answer. What a backend surely did not get, another one gets: when
 * there was no connection; and, without a body and of a method that may be repeated, when there was
 * no answer.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int TRIES = 3;

  /** They concern one connection only. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "expect",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "transfer-encoding",
          "upgrade");

  private final Backends backends;
  private final Destination destination;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final List<Backend> order;
  private final RequestBody body;
  private final String upgrade;
  private int tries;

  Exchange(
      Backends backends,
      Destination destination,
      Request request,
      Response response,
      Callback callback) {
    this.backends = backends;
    this.destination = destination;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.order = new ArrayList<>(destination.backends());
    Collections.shuffle(order);
    this.upgrade = upgrade(request, destination.speech());
    this.body = RequestBody.of(request, request.getHeaders().get(HttpHeader.CONTENT_TYPE));
  }

  void begin() {
    request.addIdleTimeoutListener(silent -> false);
    send();
  }

  private void send() {
    var backend = order.get(tries++ % order.size());
    var outgoing =
        backends.request(destination.speech(), backend, request.getMethod(), request.getHttpURI());
    outgoing.headers(this::fill);
    if (body != null) {
      outgoing.body(body);
    }
    if (!upgrade.isEmpty()) {
      outgoing.attribute(
          HttpUpgrader.Factory.class.getName(), (HttpUpgrader.Factory) version -> new Upgrade());
    }
    var answer = new Answer(backend);
    outgoing.onRequestBegin(begun -> answer.sent = true);
    request.addFailureListener(outgoing::abort);
    outgoing.send(answer);
  }

  private void fill(HttpFields.Mutable headers) {
    var dropped = named(request.getHeaders());
    headers.clear();
    for (var field : request.getHeaders()) {
      if (!isOfConnection(field, dropped)) {
        headers.add(field);
      }
    }
    var uri = request.getHttpURI();
    var named = request.getHeaders().get(HttpHeader.HOST);
    var host = named == null ? uri.getAuthority() : named;
    if (destination.speech() == Speech.H2C) {
      headers.remove(HttpHeader.HOST); // said by other means
    } else {
      headers.put(HttpHeader.HOST, host);
    }
    headers.put(HttpHeader.X_FORWARDED_FOR, Request.getRemoteAddr(request));
    headers.put(HttpHeader.X_FORWARDED_HOST, host);
    headers.put(HttpHeader.X_FORWARDED_PORT, String.valueOf(Request.getServerPort(request)));
    headers.put(HttpHeader.X_FORWARDED_PROTO, uri.getScheme());
    if (!upgrade.isEmpty()) {
      headers.put(HttpHeader.CONNECTION, "Upgrade");
      headers.put(HttpHeader.UPGRADE, upgrade);
    }
    if (destination.speech() == Speech.H2C
        && request.getHeaders().contains(HttpHeader.TE, "trailers")) {
      headers.put(HttpHeader.TE, "trailers");
    }
  }

  private static boolean isOfConnection(HttpField field, Set<String> dropped) {
    var name = field.getLowerCaseName();
    return OF_THE_CONNECTION.contains(name) || dropped.contains(name);
  }

  /** The headers that the connection's own header names. */
  private static Set<String> named(HttpFields headers) {
    var named = new HashSet<String>();
    headers
        .getCSV(HttpHeader.CONNECTION, false)
        .forEach(name -> named.add(name.toLowerCase(Locale.ROOT)));
    return named;
  }

  /** The protocol a client wants to change to; empty for none that can be had. */
  private static String upgrade(Request request, Speech speech) {
    boolean asked =
        request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
            && named(request.getHeaders()).contains("upgrade");
    var protocol = request.getHeaders().get(HttpHeader.UPGRADE);
    boolean possible = asked && protocol != null && speech != Speech.H2C;
    return possible && !protocol.equalsIgnoreCase("h2c") ? protocol : "";
  }

  private void copy(HttpFields from) {
    var dropped = named(from);
    var seen = new HashSet<String>();
    for (var field : from) {
      if (isOfConnection(field, dropped)) {
        continue;
      }
      if (seen.add(field.getLowerCaseName())) {
        response.getHeaders().put(field);
      } else {
        response.getHeaders().add(field);
      }
    }
  }

  private void failed(Answer answer, Throwable failure) {
    LOG.debug("{} of {}", answer.backend, destination.name(), failure);
    if (response.isCommitted() || answer.begun) {
      callback.failed(failure);
      return;
    }
    boolean untouched = body == null || !body.isTouched();
    boolean repeatable = Backends.isRepeatable(request.getMethod());
    if (untouched && (!answer.sent || repeatable) && tries < TRIES) {
      send();
      return;
    }
    boolean late = failure instanceof java.util.concurrent.TimeoutException;
    var text =
        "%s: %s does not answer: %s".formatted(destination.name(), answer.backend, words(failure));
    Forwarding.say(
        response,
        callback,
        late ? HttpStatus.GATEWAY_TIMEOUT_504 : HttpStatus.BAD_GATEWAY_502,
        text);
  }

  private static String words(Throwable failure) {
    if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
      return "it closed the connection";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /** What a backend answers, passed on as it comes. */
  private final class Answer implements org.eclipse.jetty.client.Response.Listener {
    private final Backend backend;
    private final HttpFields.Mutable trailers = HttpFields.build();
    private volatile boolean sent;
    private volatile boolean begun;

    Answer(Backend backend) {
      this.backend = backend;
    }

    @Override
    public void onHeaders(org.eclipse.jetty.client.Response answer) {
      begun = true;
      response.setStatus(answer.getStatus());
      copy(answer.getHeaders());
      boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
      if (http2 || answer.getHeaders().contains(HttpHeader.TRAILER)) {
        response.setTrailersSupplier(() -> trailers);
      }
    }

    @Override
    public void onContent(
        org.eclipse.jetty.client.Response answer, Content.Chunk chunk, Runnable more) {
      chunk.retain();
      response.write(
          false,
          chunk.getByteBuffer(),
          Callback.from(
              InvocationType.NON_BLOCKING,
              () -> {
                chunk.release();
                more.run();
              },
              failure -> {
                chunk.release();
                answer.abort(failure);
              }));
    }

    @Override
    public void onSuccess(org.eclipse.jetty.client.Response answer) {
      var last = answer.getTrailers();
      if (last != null) {
        trailers.add(last);
      }
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    @Override
    public void onFailure(org.eclipse.jetty.client.Response answer, Throwable failure) {
      LOG.debug("{} broke off", backend, failure);
    }

    @Override
    public void onComplete(Result result) {
      if (result.getResponseFailure() != null) {
        failed(this, result.getFailure());
      }
    }
  }

  /** From now on only bytes go both ways. */
  private final class Upgrade implements HttpUpgrader {
    @Override
    public void prepare(org.eclipse.jetty.client.Request prepared) {}

    @Override
    public void upgrade(
        org.eclipse.jetty.client.Response answer, EndPoint backend, Callback upgraded) {
      response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
      copy(answer.getHeaders());
      response.getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
      response.getHeaders().put(HttpHeader.UPGRADE, answer.getHeaders().get(HttpHeader.UPGRADE));
      var client = request.getConnectionMetaData().getConnection().getEndPoint();
      var pool = request.getComponents().getByteBufferPool();
      var tunnel = TunnelEnd.between(client, backend, request.getComponents().getExecutor(), pool);
      request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, tunnel);
      response.write(true, BufferUtil.EMPTY_BUFFER, Callback.combine(callback, upgraded));
    }
  }
}
