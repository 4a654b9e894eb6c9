package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;

/** Writes what a person wants to know of one object; its events follow by themselves. */
interface Describer {
  void describe(ObjectNode object, Lookup lookup, Page page);

  /** Whether events belong on the page. */
  default boolean hasEvents() {
    return true;
  }
}
