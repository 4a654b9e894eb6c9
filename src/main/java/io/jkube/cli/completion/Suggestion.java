package io.jkube.cli.completion;

import java.util.Objects;

/**
 * A word that may stand where the cursor is.
 *
 * @param value the whole word
 * @param description a line about it; may be empty
 */
public record Suggestion(String value, String description) {
  public Suggestion {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(description, "description");
  }

  static Suggestion of(String value) {
    return new Suggestion(value, "");
  }

  /** The same, with something before it that has been typed already. */
  Suggestion behind(String prefix) {
    return prefix.isEmpty() ? this : new Suggestion(prefix + value, description);
  }
}
