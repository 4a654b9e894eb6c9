package io.jkube.cluster.snapshot;

import io.jkube.store.Versioned;
import io.jkube.store.embedded.StateImport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A state in a folder; whoever named the folder removes it when it is not kept. */
record FolderDestination(StateImport state) implements Destination {
  static FolderDestination of(Path folder) throws IOException {
    return new FolderDestination(StateImport.begin(folder));
  }

  @Override
  public void add(Versioned entry, Instant deadline) {
    state.add(entry, deadline);
  }

  @Override
  public void finish(long revision) throws IOException {
    state.finish(revision);
    state.close();
  }

  @Override
  public void keep() {}

  @Override
  public void close() throws IOException {
    state.close();
  }
}
