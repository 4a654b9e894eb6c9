package io.jkube.apiserver.stream.spdy;

import io.jkube.api.stream.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of a connection that speaks SPDY/3.1. {@link #serve} reads it. */
public final class SpdySession {
  private static final Logger LOG = LoggerFactory.getLogger(SpdySession.class);

  /** Open at once: a port-forward has two a connection. */
  private static final int MOST_STREAMS = 2048;

  private final HeaderBlocks headers = new HeaderBlocks();
  private final FrameReader reader;
  private final FrameWriter writer;

  /** By id. Guarded by itself. */
  private final Map<Integer, SpdyStream> streams = new HashMap<>();

  private int lastStream;

  public SpdySession(Link link) {
    this.reader = new FrameReader(link.input(), headers);
    this.writer = new FrameWriter(link.output(), headers);
  }

  /**
   * Reads until the client is gone, and answers pings. Streams are broken off when it returns.
   *
   * @param opened is told of each stream, which is accepted; must not wait
   */
  public void serve(Consumer<SpdyStream> opened) {
    try {
      for (var frame = reader.next(); frame != null; frame = reader.next()) {
        handle(frame, opened);
      }
    } catch (IOException lost) {
      LOG.debug("a SPDY session is over: {}", lost.getMessage());
    } finally {
      all().forEach(SpdyStream::breakOff);
      headers.close();
    }
  }

  /** Tells the client that nothing new is wanted. */
  public void goAway() throws IOException {
    writer.goAway(lastStream);
  }

  /** Forgets a stream that both sides are done with. */
  public void forget(SpdyStream stream) {
    synchronized (streams) {
      streams.remove(stream.id());
    }
  }

  /** Breaks off a stream that nobody knows what to do with. */
  public void refuse(SpdyStream stream) {
    forget(stream);
    try {
      stream.reset();
    } catch (IOException gone) {
      LOG.debug("a SPDY session is over: {}", gone.getMessage());
    }
  }

  private void handle(Frame frame, Consumer<SpdyStream> opened) throws IOException {
    switch (frame) {
      case Frame.Data data -> data(data);
      case Frame.SynStream syn -> open(syn, opened);
      case Frame.Headers more -> {
        if (more.last()) {
          data(new Frame.Data(more.stream(), true, new byte[0]));
        }
      }
      case Frame.Reset reset -> {
        var stream = stream(reset.stream());
        if (stream != null) {
          stream.breakOff();
          forget(stream);
        }
      }
      // Clients count odd: an even one would be the answer to a ping of ours.
      case Frame.Ping ping when (ping.id() & 1) == 1 -> writer.ping(ping.id());
      case Frame.Ping answer -> {}
      case Frame.Ignored ignored -> {}
    }
  }

  private void data(Frame.Data data) throws IOException {
    var stream = stream(data.stream());
    if (stream != null) {
      stream.receive(data.bytes(), data.last());
    }
  }

  private void open(Frame.SynStream syn, Consumer<SpdyStream> opened) throws IOException {
    if (syn.stream() <= lastStream || (syn.stream() & 1) == 0) {
      throw new SpdyViolation("stream " + syn.stream() + " after " + lastStream);
    }
    lastStream = syn.stream();
    var stream = new SpdyStream(syn.stream(), syn.headers(), writer, syn.last());
    synchronized (streams) {
      if (streams.size() >= MOST_STREAMS) {
        throw new SpdyViolation("more than " + MOST_STREAMS + " streams");
      }
      streams.put(syn.stream(), stream);
    }
    writer.reply(syn.stream());
    opened.accept(stream);
  }

  private SpdyStream stream(int id) {
    synchronized (streams) {
      return streams.get(id);
    }
  }

  private List<SpdyStream> all() {
    synchronized (streams) {
      return new ArrayList<>(streams.values());
    }
  }
}
