package io.jkube.apiserver.fields;

import java.util.Comparator;
import java.util.Objects;

/**
 * Who manages fields. An applier is the same whatever version it applies at; an updater is another
 * one at each version.
 *
 * @param subresource empty for the object itself
 * @param updatedVersion the {@code apiVersion} of an updater; empty for an applier
 */
record Manager(String name, Operation operation, String subresource, String updatedVersion)
    implements Comparable<Manager> {
  private static final Comparator<Manager> ORDER =
      Comparator.comparing(Manager::name)
          .thenComparing(Manager::operation)
          .thenComparing(Manager::updatedVersion)
          .thenComparing(Manager::subresource);

  /** How it came by its fields; in the order in which entries are listed. */
  enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  Manager {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(subresource, "subresource");
    if ((operation == Operation.APPLY) != updatedVersion.isEmpty()) {
      throw new IllegalArgumentException(operation + " at '" + updatedVersion + "'");
    }
  }

  static Manager applier(String name, String subresource) {
    return new Manager(name, Operation.APPLY, subresource, "");
  }

  static Manager updater(String name, String subresource, String apiVersion) {
    return new Manager(name, Operation.UPDATE, subresource, apiVersion);
  }

  boolean isApplier() {
    return operation == Operation.APPLY;
  }

  /** As a conflict names it: {@code "kubectl" using v1}. */
  String display() {
    var text = "\"" + name + "\"";
    if (!subresource.isEmpty()) {
      text += " with subresource \"" + subresource + "\"";
    }
    return isApplier() ? text : text + " using " + updatedVersion;
  }

  @Override
  public int compareTo(Manager other) {
    return ORDER.compare(this, other);
  }
}
