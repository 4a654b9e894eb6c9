package io.jkube.apiserver.stream.spdy;

import java.io.IOException;

/** The other side does not speak SPDY/3.1. */
final class SpdyViolation extends IOException {
  private static final long serialVersionUID = 1;

  SpdyViolation(String rule) {
    super("SPDY/3.1: " + rule);
  }
}
