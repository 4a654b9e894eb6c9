package io.jkube.kubelet.stream;

import io.jkube.api.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a reader of logs wants.
 *
 * @param previous the instance before the newest
 * @param sinceSeconds 0 for all
 * @param sinceTime null for all
 * @param tailLines -1 for all
 * @param limitBytes 0 for all
 * @param stream {@code All}, {@code Stdout} or {@code Stderr}
 */
public record LogOptions(
    boolean follow,
    boolean previous,
    long sinceSeconds,
    Instant sinceTime,
    boolean timestamps,
    int tailLines,
    long limitBytes,
    String stream) {
  public static final LogOptions ALL = new LogOptions(false, false, 0, null, false, -1, 0, "All");

  /** Reads the parameters of a request, which are checked already. */
  public static LogOptions of(Map<String, List<String>> query) {
    var sinceTime = first(query, "sinceTime", "");
    return new LogOptions(
        isTrue(first(query, "follow", "")),
        isTrue(first(query, "previous", "")),
        Long.parseLong(first(query, "sinceSeconds", "0")),
        sinceTime.isEmpty() ? null : Timestamps.parse(sinceTime),
        isTrue(first(query, "timestamps", "")),
        Math.clamp(Long.parseLong(first(query, "tailLines", "-1")), -1, Integer.MAX_VALUE),
        Long.parseLong(first(query, "limitBytes", "0")),
        first(query, "stream", "All"));
  }

  private static boolean isTrue(String value) {
    return value.equals("true") || value.equals("1");
  }

  private static String first(Map<String, List<String>> query, String name, String otherwise) {
    var values = query.get(name);
    return values == null || values.isEmpty() || values.getFirst().isEmpty()
        ? otherwise
        : values.getFirst();
  }
}
