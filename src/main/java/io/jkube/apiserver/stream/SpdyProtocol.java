package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.apiserver.stream.spdy.SpdySession;
import io.jkube.apiserver.stream.spdy.SpdyStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The protocols of a command over SPDY, by their names in {@code X-Stream-Protocol-Version}: one
 * stream for each of error, stdin, stdout, stderr and resize that is wanted.
 */
enum SpdyProtocol implements CommandProtocol {
  V4("v4.channel.k8s.io", true, true),
  V3("v3.channel.k8s.io", true, false),
  V2("v2.channel.k8s.io", false, false),
  V1("channel.k8s.io", false, false);

  /** As long as upstream's kubelet waits for them. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String text;
  private final boolean resizes;
  private final boolean structured;

  SpdyProtocol(String text, boolean resizes, boolean structured) {
    this.text = text;
    this.resizes = resizes;
    this.structured = structured;
  }

  /** The first of the client's that is known. */
  static Optional<SpdyProtocol> choose(List<String> offered) {
    return offered.stream()
        .flatMap(name -> List.of(values()).stream().filter(known -> known.text.equals(name)))
        .findFirst();
  }

  static List<String> texts() {
    return List.of(values()).stream().map(SpdyProtocol::text).toList();
  }

  String text() {
    return text;
  }

  /** The end is told as a Status; else as text, and exit codes not at all. */
  boolean structured() {
    return structured;
  }

  @Override
  public CommandClient meet(Link link, CommandOptions options) throws IOException {
    var session = new SpdySession(link);
    var opened = new LinkedBlockingQueue<SpdyStream>();
    var reader = Thread.ofVirtual().name("spdy").start(() -> session.serve(opened::add));
    var expected = expected(options);
    var streams = new HashMap<String, SpdyStream>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!streams.keySet().containsAll(expected)) {
      var stream = next(opened, reader, deadline);
      var type = stream.header("streamtype");
      if (!expected.contains(type) || streams.put(type, stream) != null) {
        throw new IOException("a stream of type \"" + type + "\" is not expected");
      }
    }
    return new SpdyClient(this, session, Map.copyOf(streams), reader);
  }

  private static SpdyStream next(
      LinkedBlockingQueue<SpdyStream> opened, Thread reader, long deadline) throws IOException {
    try {
      while (System.nanoTime() < deadline && (reader.isAlive() || !opened.isEmpty())) {
        var stream = opened.poll(100, TimeUnit.MILLISECONDS);
        if (stream != null) {
          return stream;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the client opened its streams");
    }
    throw new IOException("timed out waiting for client to create streams");
  }

  private Set<String> expected(CommandOptions options) {
    var types = new TreeSet<>(Set.of("error"));
    if (options.stdin()) {
      types.add("stdin");
    }
    if (options.stdout()) {
      types.add("stdout");
    }
    if (options.stderr()) {
      types.add("stderr");
    }
    if (options.tty() && resizes) {
      types.add("resize");
    }
    return types;
  }
}
