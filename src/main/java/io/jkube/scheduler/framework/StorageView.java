package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The claims, volumes and classes there are. Objects are shared: not to be changed. */
public interface StorageView {
  Optional<ObjectNode> claim(ObjectKey key);

  Optional<ObjectNode> volume(String name);

  List<ObjectNode> volumes();

  Optional<ObjectNode> storageClass(String name);

  /** Counts the changes seen so far, for {@link #awaitChange}. */
  long changes();

  /** Waits until there are more changes than {@code seen}, or the time is over. */
  void awaitChange(long seen, Duration limit) throws InterruptedException;
}
