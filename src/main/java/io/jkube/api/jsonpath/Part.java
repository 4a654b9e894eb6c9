package io.jkube.api.jsonpath;

import java.util.List;

/** A piece of a template. */
sealed interface Part {
  /** Printed as it stands. */
  record Text(String text) implements Part {}

  /** {@code {.metadata.name}}. */
  record Expression(List<Step> steps) implements Part {}

  /** {@code {range .items[*]}...{end}}. */
  record Range(List<Step> steps, List<Part> body) implements Part {}
}
