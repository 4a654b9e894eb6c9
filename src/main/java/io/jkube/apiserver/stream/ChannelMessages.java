package io.jkube.apiserver.stream;

import io.jkube.api.stream.WebSocketWire.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads which channel the messages of a WebSocket are on. Binary ones are handed on piece by piece,
 * those in Base64 whole. One thread's.
 */
final class ChannelMessages {
  private static final int LONGEST_TEXT_BYTES = 1024 * 1024;

  private final ChannelProtocol protocol;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int channel;
  private boolean channelKnown;

  /**
   * A message or a piece of it.
   *
   * @param last whether its message ends with it
   */
  record Part(int channel, boolean first, boolean last, byte[] bytes) {}

  ChannelMessages(ChannelProtocol protocol) {
    this.protocol = protocol;
  }

  /** Null when there is nothing to hand on yet. */
  Part add(Piece piece) throws IOException {
    var bytes = piece.bytes();
    if (piece.first()) {
      channelKnown = false;
      text.reset();
    }
    boolean first = !channelKnown;
    if (first) {
      if (bytes.length == 0) {
        return null;
      }
      channel = protocol.base64() ? bytes[0] - '0' : bytes[0] & 0xff;
      channelKnown = true;
      bytes = Arrays.copyOfRange(bytes, 1, bytes.length);
    }
    return protocol.base64() ? whole(piece, bytes) : new Part(channel, first, piece.last(), bytes);
  }

  private Part whole(Piece piece, byte[] bytes) throws IOException {
    text.write(bytes);
    if (text.size() > LONGEST_TEXT_BYTES) {
      throw new IOException("a message on channel " + channel + " is too long");
    }
    if (!piece.last()) {
      return null;
    }
    try {
      return new Part(channel, true, true, Base64.getDecoder().decode(text.toByteArray()));
    } catch (IllegalArgumentException malformed) {
      throw new IOException("a message is not Base64", malformed);
    }
  }
}
