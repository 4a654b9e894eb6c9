package io.jkube.cli.print;

import java.util.Iterator;
import java.util.stream.Stream;

/** The formats that {@code -o} takes, for completion: a template follows those with a {@code =}. */
final class OutputFormats implements Iterable<String> {
  /** As kubectl names them where it refuses another. */
  static final String ALLOWED =
      "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,"
          + "jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml";

  @Override
  public Iterator<String> iterator() {
    return Stream.of(ALLOWED.split(","))
        .filter(format -> !format.startsWith("template"))
        .map(format -> takesTemplate(format) ? format + "=" : format)
        .iterator();
  }

  private static boolean takesTemplate(String format) {
    return format.matches("custom-columns.*|go-template.*|jsonpath.*");
  }
}
