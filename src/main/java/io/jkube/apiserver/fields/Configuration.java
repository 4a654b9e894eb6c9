package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * What an applier wants: the fields it has an opinion on.
 *
 * @param object not to be changed
 * @param force whether it takes what others manage
 */
public record Configuration(ObjectNode object, boolean force) {
  public Configuration {
    Objects.requireNonNull(object, "object");
  }
}
