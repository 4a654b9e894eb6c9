package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/** Writes objects in one format. */
public interface ObjectPrinter {
  void print(ObjectNode object, PrintStream out);

  /**
   * Writes a {@code v1 List} whose items come one after the other. Formats that can do so write
   * each at once and keep none.
   */
  default ListPrinter list(PrintStream out) {
    return new WholeList(this, out);
  }
}
