package io.jkube.cluster.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/** Saves one cluster as it stands at this moment. */
public interface Snapshots {
  /**
   * @param file appears whole (0600); a snapshot of that name is replaced, anything else is not
   * @return what the file says of itself
   */
  SnapshotHeader save(Path file) throws SnapshotException, IOException;
}
