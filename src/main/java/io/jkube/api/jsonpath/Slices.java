package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import java.util.ArrayList;
import java.util.List;

/** The elements that {@code [start:end:step]} means; negative numbers count from the end. */
final class Slices {
  private Slices() {}

  static List<JsonNode> of(JsonNode value, Step.Slice slice) {
    if (value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new JsonPathException(GoText.type(value) + " is not array or slice");
    }
    int length = value.size();
    int start = slice.start() == null ? 0 : fromEnd(slice.start(), length);
    int end = end(slice, start, length);
    int step = slice.step() == null ? 1 : slice.step();
    if (step <= 0) {
      throw new JsonPathException("step must be > 0");
    }
    if (start != end) {
      check(start, end, length);
    }
    var found = new ArrayList<JsonNode>();
    for (int i = start; i < end; i += step) {
      found.add(value.get(i));
    }
    return found;
  }

  private static int end(Step.Slice slice, int start, int length) {
    if (slice.index()) {
      return start + 1;
    }
    return slice.end() == null ? length : fromEnd(slice.end(), length);
  }

  private static int fromEnd(int position, int length) {
    return position < 0 ? position + length : position;
  }

  private static void check(int start, int end, int length) {
    if (start >= length || start < 0) {
      throw outOfBounds(start, length);
    }
    if (end > length || end < 0) {
      throw outOfBounds(end - 1, length);
    }
    if (start > end) {
      throw new JsonPathException(
          "starting index " + start + " is greater than ending index " + end);
    }
  }

  private static JsonPathException outOfBounds(int index, int length) {
    return new JsonPathException(
        "array index out of bounds: index " + index + ", length " + length);
  }
}
