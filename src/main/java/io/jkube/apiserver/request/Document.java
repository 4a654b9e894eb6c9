package io.jkube.apiserver.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;

/**
 * An object, a list or a Status on its way out, in whichever of its forms the receiver wants: bytes
 * for the wire, a tree for this process. Making the other form is put off until it is asked for.
 */
public interface Document {
  /** The shared tree: read it, never change it. */
  ObjectNode tree();

  /** Its size as JSON, in bytes. */
  long length();

  /** Writes it as UTF-8 JSON. */
  void writeTo(OutputStream out) throws IOException;
}
