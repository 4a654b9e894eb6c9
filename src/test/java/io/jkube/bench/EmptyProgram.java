package io.jkube.bench;

/** Does nothing: what is left is the start of a JVM. */
final class EmptyProgram {
  private EmptyProgram() {}

  public static void main(String[] arguments) {
    Runtime.getRuntime().halt(0);
  }
}
