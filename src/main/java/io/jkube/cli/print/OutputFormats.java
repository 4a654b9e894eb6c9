package io.jkube.cli.print;

import java.util.Iterator;
import java.util.List;

/** The formats that {@code -o} takes; those that go on with a template end with {@code =}. */
final class OutputFormats implements Iterable<String> {
  private static final List<String> ALL =
      List.of(
          "wide",
          "name",
          "json",
          "yaml",
          "jsonpath=",
          "jsonpath-as-json=",
          "jsonpath-file=",
          "custom-columns=",
          "custom-columns-file=",
          "go-template=",
          "go-template-file=");

  @Override
  public Iterator<String> iterator() {
    return ALL.iterator();
  }
}
