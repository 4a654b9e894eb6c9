package io.jkube.cluster.kubeconfig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * kubectl's lock on a kubeconfig: a file {@code <kubeconfig>.lock} that only one can create
 * (client-go, tools/clientcmd/config.go). kubectl gives up at once when it is taken; we wait a
 * little, since edits take milliseconds.
 *
 * <p>Of a program that was killed such a file stays for ever. Ours is therefore marked, and locked
 * for the kernel too as long as we live: a marked one that is not locked is taken over.
 */
final class KubeconfigLock implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final String MARK = "jkube";

  /** A kernel's lock belongs to the process: within ours, one thread at a time takes one. */
  private static final Semaphore HERE = new Semaphore(1);

  private final Path file;
  private final Path lock;
  private final FileChannel channel;

  private KubeconfigLock(Path file, Path lock, FileChannel channel) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
  }

  static KubeconfigLock take(Path file)
      throws IOException, KubeconfigException, InterruptedException {
    Files.createDirectories(file.getParent());
    var lock = file.resolveSibling(file.getFileName() + ".lock");
    long deadline = System.nanoTime() + WAIT.toNanos();
    if (!HERE.tryAcquire(WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
      throw taken(lock);
    }
    FileChannel channel = null;
    try {
      while (channel == null) {
        channel = tryToTake(lock);
        if (channel == null) {
          awaitChange(lock, deadline);
        }
      }
      return new KubeconfigLock(Files.exists(file) ? file.toRealPath() : file, lock, channel);
    } finally {
      if (channel == null) {
        HERE.release();
      }
    }
  }

  /** Null when somebody else has it. */
  private static FileChannel tryToTake(Path lock) throws IOException {
    try {
      var channel = FileChannel.open(lock, CREATE_NEW, READ, WRITE);
      channel.lock();
      channel.write(ByteBuffer.wrap(MARK.getBytes(US_ASCII)), 0);
      return channel;
    } catch (FileAlreadyExistsException there) {
      return takeOver(lock);
    }
  }

  /** Who lets go removes the mark before the file, so a marked one is still that of its name. */
  private static FileChannel takeOver(Path lock) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(lock, READ, WRITE);
    } catch (NoSuchFileException | AccessDeniedException goneOrNotOurs) {
      return null;
    }
    boolean owned = false;
    try {
      owned = channel.tryLock() != null && isMarked(channel);
      return owned ? channel : null;
    } finally {
      if (!owned) {
        channel.close();
      }
    }
  }

  private static boolean isMarked(FileChannel channel) throws IOException {
    var content = ByteBuffer.allocate(MARK.length());
    channel.read(content, 0);
    return MARK.equals(new String(content.array(), 0, content.position(), US_ASCII));
  }

  /** Nobody signals the removal of somebody else's lock file. */
  private static void awaitChange(Path lock, long deadline)
      throws KubeconfigException, InterruptedException {
    if (System.nanoTime() > deadline) {
      throw taken(lock);
    }
    LockSupport.parkNanos(POLL.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static KubeconfigException taken(Path lock) {
    return new KubeconfigException(
        lock
            + " is there: another program is changing the kubeconfig, or left it behind (then: rm "
            + lock
            + ")");
  }

  /** The file to replace: behind a symbolic link, its target. */
  Path path() {
    return file;
  }

  @Override
  public void close() throws KubeconfigException {
    try (channel) {
      channel.truncate(0);
      Files.deleteIfExists(lock);
    } catch (IOException failure) {
      throw new KubeconfigException("cannot remove " + lock + ": " + failure, failure);
    } finally {
      HERE.release();
    }
  }
}
