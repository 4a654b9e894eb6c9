package io.jkube.apiserver.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries bytes from one side to the other until the one ends. */
final class Relay {
  private static final int BUFFER_BYTES = 32 * 1024;

  private Relay() {}

  static void carry(InputStream from, OutputStream to) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
    }
  }
}
