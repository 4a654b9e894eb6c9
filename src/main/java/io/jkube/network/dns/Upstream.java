package io.jkube.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's own name servers, and what they said lately. Thread-safe; {@link #ask} blocks its
 * caller.
 */
final class Upstream {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PORT = 53;
  private static final int HEADER_BYTES = 12;
  private static final int MAX_ANSWERS = 10_000;
  private static final int MAX_DATAGRAM = 65_535;

  /** No answer is kept longer, whatever it says. */
  private static final int MAX_KEPT_SECONDS = 30;

  private record Kept(byte[] answer, Instant until) {}

  private final List<InetSocketAddress> servers;
  private final InstantSource clock;

  /** By the question's bytes, guarded by itself; the oldest goes first. */
  private final Map<ByteBuffer, Kept> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Kept> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  Upstream(List<InetSocketAddress> servers, InstantSource clock) {
    this.servers = List.copyOf(servers);
    this.clock = clock;
  }

  /** The servers that a file like {@code /etc/resolv.conf} names; none where there is no file. */
  static List<InetSocketAddress> servers(Path resolvConf) {
    var servers = new ArrayList<InetSocketAddress>();
    try {
      for (var line : Files.readAllLines(resolvConf, StandardCharsets.ISO_8859_1)) {
        var words = line.strip().split("\\s+");
        if (words.length > 1 && words[0].equals("nameserver") && !words[1].contains("%")) {
          servers.add(new InetSocketAddress(java.net.InetAddress.ofLiteral(words[1]), PORT));
        }
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      org.slf4j.LoggerFactory.getLogger(Upstream.class)
          .warn("{}: {}", resolvConf, unreadable.toString());
    }
    return servers;
  }

  /**
   * Passes a question on.
   *
   * @param overTcp as the client came: its answer may be longer than a datagram
   * @return the answer, with the question's id; empty when nobody answered
   */
  Optional<byte[]> ask(byte[] query, boolean overTcp) {
    var key = ByteBuffer.wrap(query, 2, query.length - 2).slice();
    var known = known(key);
    if (known.isPresent()) {
      var answer = known.get().clone();
      answer[0] = query[0];
      answer[1] = query[1];
      return Optional.of(answer);
    }
    for (var server : servers) {
      try {
        var answer = overTcp ? tcp(server, query) : udp(server, query);
        keep(key, answer);
        return Optional.of(answer);
      } catch (IOException silent) {
        // The next one may know.
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> known(ByteBuffer key) {
    synchronized (kept) {
      var found = kept.get(key);
      return found != null && clock.instant().isBefore(found.until)
          ? Optional.of(found.answer)
          : Optional.empty();
    }
  }

  private void keep(ByteBuffer key, byte[] answer) {
    int seconds =
        Math.min(
            MAX_KEPT_SECONDS,
            ForeignAnswer.read(answer).map(ForeignAnswer::leastTtlSeconds).orElse(0));
    if (seconds > 0) {
      synchronized (kept) {
        kept.remove(key);
        kept.put(key, new Kept(answer, clock.instant().plusSeconds(seconds)));
      }
    }
  }

  private static byte[] udp(InetSocketAddress server, byte[] query) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(server);
      socket.send(new DatagramPacket(query, query.length));
      var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
      do {
        socket.receive(packet);
      } while (!isAnswerTo(query, packet));
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  private static boolean isAnswerTo(byte[] query, DatagramPacket packet) {
    var data = packet.getData();
    return packet.getLength() >= HEADER_BYTES && data[0] == query[0] && data[1] == query[1];
  }

  private static byte[] tcp(InetSocketAddress server, byte[] query) throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(server, (int) PATIENCE.toMillis());
      var out = new DataOutputStream(socket.getOutputStream());
      var framed = ByteBuffer.allocate(query.length + 2).putShort((short) query.length).put(query);
      out.write(framed.array());
      var in = new DataInputStream(socket.getInputStream());
      return in.readNBytes(in.readUnsignedShort());
    }
  }
}
