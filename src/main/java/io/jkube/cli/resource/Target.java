package io.jkube.cli.resource;

import java.util.Objects;

/**
 * What a command is to work on: one object, or all objects of a type.
 *
 * @param name empty for all
 */
public record Target(ResourceType type, String name) {
  public Target {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(name, "name");
  }

  public boolean isCollection() {
    return name.isEmpty();
  }
}
