package io.jkube.apiserver.request;

import com.fasterxml.jackson.databind.JsonNode;

/** What a request carries. */
public sealed interface Body {
  Body NONE = new None();

  /** Nothing. */
  record None() implements Body {}

  /** Bytes as they came over the wire, in the format that the request's content type names. */
  record Encoded(byte[] bytes) implements Body {}

  /** A tree that a caller in this process hands over and does not change any more. */
  record Tree(JsonNode tree) implements Body {}
}
