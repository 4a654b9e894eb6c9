package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How an update makes the next state of the current one. May be asked more than once. */
@FunctionalInterface
public interface Change {
  /**
   * @param current shared: not to be changed
   * @return the next state, a tree of the caller's own
   */
  ObjectNode apply(ObjectNode current);
}
