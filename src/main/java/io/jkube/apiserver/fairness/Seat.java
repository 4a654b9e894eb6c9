package io.jkube.apiserver.fairness;

/** A request's leave to run; closed when it has run. */
public interface Seat extends AutoCloseable {
  /** Of requests that take none. */
  Seat NONE = () -> {};

  @Override
  void close();
}
