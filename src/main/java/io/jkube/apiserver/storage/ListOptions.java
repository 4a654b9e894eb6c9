package io.jkube.apiserver.storage;

import java.util.Objects;

/**
 * Which state a listing shows and how much of it.
 *
 * @param limit at most so many; 0 for all
 * @param next where an earlier page ended; empty for the beginning
 */
public record ListOptions(At at, int limit, String next) {
  public static final ListOptions NEWEST = new ListOptions(new At.Newest(), 0, "");

  public ListOptions {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(next, "next");
  }

  /** Which state. */
  public sealed interface At {
    /** With everything that was committed before the request. */
    record Newest() implements At {}

    /** Of this revision or any later one; 0 for whatever is at hand. */
    record NotBefore(long revision) implements At {}

    /** Of exactly this revision. */
    record Exactly(long revision) implements At {}
  }
}
