package io.jkube.api.metrics;

/** A part of the server that has something to say at {@code /metrics}. */
public interface MetricsSource {
  void writeTo(TextFormat text);
}
