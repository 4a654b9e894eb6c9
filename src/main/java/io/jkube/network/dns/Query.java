package io.jkube.network.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a question of our own. */
final class Query {
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int CLASS_IN = 1;
  private static final int MAX_BYTES = 512;

  private Query() {}

  static byte[] of(String name, int type) {
    var out = ByteBuffer.allocate(MAX_BYTES);
    out.putShort((short) ThreadLocalRandom.current().nextInt()).putShort((short) RECURSION_DESIRED);
    out.putShort((short) 1).putShort((short) 0).putInt(0);
    for (var label : name.split("\\.")) {
      var bytes = label.getBytes(StandardCharsets.ISO_8859_1);
      out.put((byte) bytes.length).put(bytes);
    }
    out.put((byte) 0).putShort((short) type).putShort((short) CLASS_IN);
    return Arrays.copyOf(out.array(), out.position());
  }
}
