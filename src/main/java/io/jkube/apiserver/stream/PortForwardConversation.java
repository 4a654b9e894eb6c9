package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.apiserver.request.Conversation;
import io.jkube.apiserver.stream.spdy.SpdySession;
import io.jkube.apiserver.stream.spdy.SpdyStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Forwards connections to a pod over one SPDY session: for each the client opens a stream of data
 * and one for errors, with the same {@code requestID} and the {@code port}.
 */
record PortForwardConversation(PodDial pod) implements Conversation {
  @Override
  public void over(Link link) {
    var session = new SpdySession(link);
    session.serve(new Pairing(session));
  }

  /** Finds streams that belong together. The session's reader only. */
  private final class Pairing implements java.util.function.Consumer<SpdyStream> {
    private final SpdySession session;
    private final Map<String, SpdyStream> alone = new HashMap<>();

    Pairing(SpdySession session) {
      this.session = session;
    }

    @Override
    public void accept(SpdyStream stream) {
      var type = stream.header("streamtype");
      if (!type.equals("data") && !type.equals("error")) {
        session.refuse(stream);
        return;
      }
      var other = alone.remove(key(stream, type.equals("data") ? "error" : "data"));
      if (other == null) {
        alone.put(key(stream, type), stream);
        return;
      }
      var data = type.equals("data") ? stream : other;
      var error = type.equals("data") ? other : stream;
      Thread.ofVirtual()
          .name("port-forward")
          .start(() -> new ForwardedConnection(pod, session, data, error).run());
    }

    /** Clients of old name no request: the stream of data is then the one after that of errors. */
    private static String key(SpdyStream stream, String type) {
      var request = stream.header("requestid");
      boolean data = stream.header("streamtype").equals("data");
      return type + " " + (request.isEmpty() ? "#" + (stream.id() - (data ? 2 : 0)) : request);
    }
  }
}
