package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.JsonNode;

/** How the values of one type look on the wire. Thread-safe. */
interface Coding {
  /** {@link WireReader#VARINT}, {@link WireReader#FIXED64} or {@link WireReader#BYTES}. */
  int wireType();

  /** Writes a value after its tag; not null, and fit for the type. */
  void write(WireWriter out, JsonNode value);

  /** Reads the value after its tag. A null node stands for a value that JSON leaves out. */
  JsonNode read(WireReader in);

  /** Whether a value is what a Go variable of the type holds before anything is put into it. */
  default boolean isZero(JsonNode value) {
    return false;
  }
}
