package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One object out of a file.
 *
 * @param source where it was read: a path, a URL, {@code STDIN}
 */
public record Manifest(String source, ObjectNode object) {
  public String name() {
    return object.path("metadata").path("name").asText();
  }

  public String namespace() {
    return object.path("metadata").path("namespace").asText();
  }
}
