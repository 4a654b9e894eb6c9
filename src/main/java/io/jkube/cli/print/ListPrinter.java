package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A list under way: any number of items, then its end. */
public interface ListPrinter {
  void item(ObjectNode item);

  void end();
}
