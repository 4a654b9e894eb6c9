package io.jkube.api.volume;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * Who may do anything with the files of a volume, whoever wrote them: asked where we ourselves may
 * not, which is where containers run as other users than we do.
 */
public interface FolderOwner {
  /** Where nobody may do more than we: pods that run in name only write nothing. */
  FolderOwner NONE =
      new FolderOwner() {
        @Override
        public void empty(Path folder) throws IOException {
          throw new AccessDeniedException(folder.toString());
        }

        @Override
        public void give(Path folder, long group) throws IOException {
          throw new AccessDeniedException(folder.toString());
        }
      };

  /** Removes all that is in the folder; links are removed, never followed. */
  void empty(Path folder) throws IOException;

  /** Makes the folder and all in it the group's, readable and writable, new files too. */
  void give(Path folder, long group) throws IOException;
}
