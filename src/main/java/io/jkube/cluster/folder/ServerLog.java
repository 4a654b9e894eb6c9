package io.jkube.cluster.folder;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The server's log file. Bounded: when it is full it becomes {@code log.1}, which replaces an
 * earlier one. Writes are whole lines by the logger's habit; thread-safe.
 */
public final class ServerLog extends OutputStream {
  /** Two files of this size are the most that a server's log takes. */
  static final long MAX_BYTES = 10L << 20;

  private final Path file;
  private FileOutputStream out;
  private long size;

  private ServerLog(Path file) throws IOException {
    this.file = file;
    open();
  }

  /** Goes on behind what is there. */
  public static ServerLog append(Path file) throws IOException {
    PrivateFiles.createFile(file);
    return new ServerLog(file);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (size + length > MAX_BYTES) {
      turnOver();
    }
    out.write(bytes, offset, length);
    size += length;
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private void turnOver() throws IOException {
    out.close();
    Files.move(
        file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    PrivateFiles.createFile(file);
    open();
  }

  private void open() throws IOException {
    out = new FileOutputStream(file.toFile(), true);
    size = Files.size(file);
  }
}
