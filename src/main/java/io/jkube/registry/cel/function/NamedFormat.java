package io.jkube.registry.cel.function;

import io.jkube.registry.cel.cost.Sized;
import java.util.List;
import java.util.function.Function;

/**
 * A format that texts may have.
 *
 * @param size the length of upstream's pattern for it, or of one that would do: what it costs
 * @param violations what is wrong with a text; empty when nothing is
 */
record NamedFormat(String name, long size, Function<String, List<String>> violations)
    implements Sized {
  @Override
  public String toString() {
    return name;
  }
}
