package io.jkube.cluster;

import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.nio.file.Path;

/** The folders' owner is the engine, of which controllers need not wait at the start. */
record EngineFolders(Parts parts) implements FolderOwner {
  @Override
  public void empty(Path folder) throws IOException {
    owner().empty(folder);
  }

  @Override
  public void give(Path folder, long group) throws IOException {
    owner().give(folder, group);
  }

  private FolderOwner owner() {
    return parts.engine == null ? NONE : parts.engine.folderOwner();
  }
}
