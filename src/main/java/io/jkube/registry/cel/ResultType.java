package io.jkube.registry.cel;

/** What an expression must come to. */
public enum ResultType {
  BOOL,
  STRING,
  /** A text, or null for none. */
  OPTIONAL_STRING,
  ANY,
  /** {@code Object{...}}: fields to lay over an object. */
  APPLY_CONFIGURATION,
  /** {@code [JSONPatch{...}]}. */
  JSON_PATCH
}
