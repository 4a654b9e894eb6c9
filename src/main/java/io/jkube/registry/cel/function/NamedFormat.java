package io.jkube.registry.cel.function;

import java.util.List;
import java.util.function.Function;

/**
 * A format that texts may have.
 *
 * @param violations what is wrong with a text; empty when nothing is
 */
record NamedFormat(String name, Function<String, List<String>> violations) {
  @Override
  public String toString() {
    return name;
  }
}
