package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/** Writes one object, or one list, in one format. */
public interface ObjectPrinter {
  void print(ObjectNode object, PrintStream out);
}
