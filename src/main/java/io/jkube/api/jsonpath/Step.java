package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A step of an expression: from the values found so far to the next ones. */
sealed interface Step {
  /** {@code $}: the object as a whole. */
  record Root() implements Step {}

  /** {@code .name}. */
  record Field(String name) implements Step {}

  /** {@code ['a.b']}: a path in quotes. */
  record Path(List<Step> steps) implements Step {}

  /** {@code .*} and {@code [*]}. */
  record Wildcard() implements Step {}

  /** {@code ..}: every object and array at any depth. */
  record Recursive() implements Step {}

  /**
   * {@code [start:end:step]}; null where left out.
   *
   * @param index a single element was asked for
   */
  record Slice(Integer start, Integer end, Integer step, boolean index) implements Step {}

  /** {@code [0,2]}, {@code ['a','b']}. */
  record Union(List<List<Step>> members) implements Step {}

  /**
   * {@code [?(@.a=="x")]}.
   *
   * @param operator empty: the left side exists
   */
  record Filter(List<Step> left, String operator, List<Step> right) implements Step {}

  /** A number, word or quoted text that stands for itself. */
  record Literal(JsonNode value) implements Step {}
}
