package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.apiserver.stream.spdy.SpdySession;
import io.jkube.apiserver.stream.spdy.SpdyStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a port-forward, from the client's two streams to the pod. */
record ForwardedConnection(PodDial pod, SpdySession session, SpdyStream data, SpdyStream error) {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardedConnection.class);
  private static final int MOST_PORTS = 65535;

  void run() {
    try (var connection = pod.to(port())) {
      var up = Thread.ofVirtual().name("port-forward-up").start(() -> carryUp(connection));
      carryDown(connection);
      up.interrupt();
    } catch (IOException refused) {
      tell(refused.getMessage());
    } finally {
      end();
    }
  }

  private int port() throws IOException {
    var text = data.header("port");
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > MOST_PORTS) {
      throw new IOException("unable to parse \"" + text + "\" as a port");
    }
    return port;
  }

  /** The client may end its half and still listen; when it is gone altogether, so is all else. */
  private void carryUp(Link connection) {
    try {
      Relay.carry(data.input(), connection.output());
      if (data.broken()) {
        connection.close();
      } else {
        connection.endOutput();
      }
    } catch (IOException over) {
      LOG.debug("a forwarded connection is over: {}", over.getMessage());
    }
  }

  /** A connection that the pod breaks off is told as its end, as a socket would. */
  private void carryDown(Link connection) {
    try {
      Relay.carry(connection.input(), data.output());
    } catch (IOException over) {
      LOG.debug("a forwarded connection is over: {}", over.getMessage());
    }
  }

  private void tell(String failure) {
    try {
      error.output().write(failure.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      LOG.debug("the client of a port-forward is gone: {}", gone.getMessage());
    }
  }

  private void end() {
    try {
      error.output().close();
      data.output().close();
    } catch (IOException gone) {
      LOG.debug("the client of a port-forward is gone: {}", gone.getMessage());
    }
    data.closeInput();
    error.closeInput();
    session.forget(data);
    session.forget(error);
  }
}
