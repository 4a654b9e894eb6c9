package io.jkube.cluster.kubeconfig;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * kubectl's lock on a kubeconfig: a file {@code <kubeconfig>.lock} that only one can create
 * (client-go, tools/clientcmd/config.go). kubectl gives up at once when it is taken; we wait a
 * little, since edits take milliseconds.
 */
final class KubeconfigLock implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Path file;
  private final Path lock;

  private KubeconfigLock(Path file, Path lock) {
    this.file = file;
    this.lock = lock;
  }

  static KubeconfigLock take(Path file)
      throws IOException, KubeconfigException, InterruptedException {
    Files.createDirectories(file.getParent());
    var lock = file.resolveSibling(file.getFileName() + ".lock");
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (true) {
      try {
        Files.createFile(lock);
        return new KubeconfigLock(Files.exists(file) ? file.toRealPath() : file, lock);
      } catch (FileAlreadyExistsException taken) {
        if (System.nanoTime() > deadline) {
          throw new KubeconfigException(
              lock
                  + " is there: another program is changing the kubeconfig, or left it behind"
                  + " (then: rm "
                  + lock
                  + ")");
        }
        // Nobody signals the removal of somebody else's lock file.
        LockSupport.parkNanos(POLL.toNanos());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** The file to replace: behind a symbolic link, its target. */
  Path path() {
    return file;
  }

  @Override
  public void close() throws KubeconfigException {
    try {
      Files.deleteIfExists(lock);
    } catch (IOException failure) {
      throw new KubeconfigException("cannot remove " + lock + ": " + failure, failure);
    }
  }
}
