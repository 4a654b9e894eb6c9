package io.jkube.registry.cel;

/** What an expression must come to. */
public enum ResultType {
  BOOL,
  STRING,
  ANY
}
