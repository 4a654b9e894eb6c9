package io.jkube.client;

import java.util.List;
import java.util.Objects;

/**
 * What a list answered.
 *
 * @param resourceVersion the revision of the whole list: a watch from it misses nothing
 * @param continueToken where the next page begins; empty at the end
 */
public record ObjectList<T>(String resourceVersion, String continueToken, List<T> items) {
  public ObjectList {
    Objects.requireNonNull(resourceVersion, "resourceVersion");
    Objects.requireNonNull(continueToken, "continueToken");
    items = List.copyOf(items);
  }
}
