package io.jkube.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which objects of a collection a list, watch or deletecollection is about. Empty strings say
 * nothing.
 *
 * @param labelSelector such as {@code app=web,tier!=db}
 * @param fieldSelector such as {@code spec.nodeName=node-1}
 * @param resourceVersion for a list: not older than; for a watch: the changes after it
 * @param limit at most this many objects, 0 for all; {@link #continueToken} goes on from there
 */
public record ListOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    int limit,
    String continueToken) {
  public static final ListOptions ALL = new ListOptions("", "", "", 0, "");

  public ListOptions {
    Objects.requireNonNull(labelSelector, "labelSelector");
    Objects.requireNonNull(fieldSelector, "fieldSelector");
    Objects.requireNonNull(resourceVersion, "resourceVersion");
    Objects.requireNonNull(continueToken, "continueToken");
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative: " + limit);
    }
  }

  public static ListOptions labels(String selector) {
    return ALL.withLabels(selector);
  }

  public static ListOptions fields(String selector) {
    return ALL.withFields(selector);
  }

  public ListOptions withLabels(String selector) {
    return new ListOptions(selector, fieldSelector, resourceVersion, limit, continueToken);
  }

  public ListOptions withFields(String selector) {
    return new ListOptions(labelSelector, selector, resourceVersion, limit, continueToken);
  }

  public ListOptions withResourceVersion(String version) {
    return new ListOptions(labelSelector, fieldSelector, version, limit, continueToken);
  }

  /** The page of at most {@code count} objects that {@code token} (empty: the start) leads to. */
  public ListOptions page(int count, String token) {
    return new ListOptions(labelSelector, fieldSelector, resourceVersion, count, token);
  }

  Map<String, List<String>> query() {
    var query = new LinkedHashMap<String, List<String>>();
    put(query, "labelSelector", labelSelector);
    put(query, "fieldSelector", fieldSelector);
    put(query, "resourceVersion", resourceVersion);
    put(query, "limit", limit == 0 ? "" : Integer.toString(limit));
    put(query, "continue", continueToken);
    return query;
  }

  private static void put(Map<String, List<String>> query, String name, String value) {
    if (!value.isEmpty()) {
      query.put(name, List.of(value));
    }
  }
}
