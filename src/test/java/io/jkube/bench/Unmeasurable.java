package io.jkube.bench;

/** A figure has to be left out; the message says why and what would help. */
final class Unmeasurable extends Exception {
  private static final long serialVersionUID = 1;

  Unmeasurable(String why) {
    super(why);
  }
}
