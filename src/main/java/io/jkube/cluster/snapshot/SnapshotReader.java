package io.jkube.cluster.snapshot;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.store.Versioned;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.zip.GZIPInputStream;

/** Reads a snapshot that was found whole. Belongs to one thread. */
final class SnapshotReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int LONGEST_FIRST_LINE = 32;

  private final Path path;
  private final FileChannel channel;
  private final int firstLine;
  private final DataInputStream records;
  private final SnapshotHeader header;

  /** Takes what stands in a snapshot, file by file and entry by entry. */
  interface Content {
    /**
     * @param name of a file of the cluster's folder, relative to it
     */
    void file(String name, byte[] content) throws IOException, SnapshotException;

    void entry(Versioned entry) throws IOException, SnapshotException;
  }

  /**
   * Opens a snapshot after a look at every byte of it.
   *
   * @throws SnapshotException it is none, of another version, cut or altered
   */
  static SnapshotReader open(Path path) throws SnapshotException, IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException none) {
      throw new SnapshotException("there is no file " + path, none);
    }
    boolean good = false;
    try {
      var reader = new SnapshotReader(path, channel);
      good = true;
      return reader;
    } finally {
      if (!good) {
        channel.close();
      }
    }
  }

  private SnapshotReader(Path path, FileChannel channel) throws SnapshotException, IOException {
    this.path = path;
    this.channel = channel;
    this.firstLine = requireVersion();
    requireWhole();
    channel.position(firstLine);
    this.records =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(new Packed(channel), BUFFER_BYTES), BUFFER_BYTES));
    this.header = readHeader();
  }

  SnapshotHeader header() {
    return header;
  }

  /** The length of the first line, which says the format's version. */
  private int requireVersion() throws SnapshotException, IOException {
    var start = ByteBuffer.allocate(LONGEST_FIRST_LINE);
    channel.read(start, 0);
    var text = new String(start.array(), 0, start.position(), StandardCharsets.US_ASCII);
    int end = text.indexOf('\n');
    if (!text.startsWith(SnapshotFormat.MAGIC)
        || end < 0
        || !text.substring(SnapshotFormat.MAGIC.length(), end).matches("[0-9]{1,6}")) {
      throw new SnapshotException(path + " is not a snapshot of a cluster");
    }
    int version = Integer.parseInt(text.substring(SnapshotFormat.MAGIC.length(), end));
    if (version != SnapshotFormat.VERSION) {
      throw new SnapshotException(
          "%s has format %d, this jkube reads format %d%s"
              .formatted(
                  path,
                  version,
                  SnapshotFormat.VERSION,
                  version > SnapshotFormat.VERSION ? "; use the newer jkube that wrote it" : ""));
    }
    return end + 1;
  }

  private void requireWhole() throws SnapshotException, IOException {
    long length = channel.size() - SnapshotFormat.DIGEST_BYTES;
    if (length < firstLine) {
      throw damaged("it was cut", null);
    }
    var digest = SnapshotFormat.digest();
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long position = 0;
    while (position < length) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, length - position));
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw damaged("it was cut", null);
      }
      digest.update(buffer.flip());
      position += read;
    }
    var expected = ByteBuffer.allocate(SnapshotFormat.DIGEST_BYTES);
    channel.read(expected, length);
    if (!MessageDigest.isEqual(expected.array(), digest.digest())) {
      throw damaged("its checksum is wrong: it was cut or altered", null);
    }
  }

  private SnapshotHeader readHeader() throws SnapshotException, IOException {
    try {
      if (records.readUnsignedByte() != SnapshotFormat.HEADER) {
        throw damaged("it has no header", null);
      }
      return SnapshotHeader.of(Json.parse(bytes()));
    } catch (EOFException | ApiException | IllegalArgumentException | DateTimeException wrong) {
      throw damaged("its header cannot be read", wrong);
    }
  }

  /**
   * Hands everything over, once.
   *
   * @throws SnapshotException its records are wrong
   */
  void read(Content content) throws SnapshotException, IOException {
    try {
      long entries = 0;
      while (true) {
        int tag = records.readUnsignedByte();
        switch (tag) {
          case SnapshotFormat.FILE -> content.file(text(), bytes());
          case SnapshotFormat.ENTRY -> {
            content.entry(entry());
            entries++;
          }
          case SnapshotFormat.END -> {
            if (records.readLong() != entries || entries != header.objects()) {
              throw damaged("it does not hold as many entries as it says", null);
            }
            return;
          }
          default -> throw damaged("it has a record of an unknown kind", null);
        }
      }
    } catch (EOFException | IllegalArgumentException wrong) {
      throw damaged("its records cannot be read", wrong);
    }
  }

  private Versioned entry() throws SnapshotException, IOException {
    var key = text();
    long createRevision = records.readLong();
    long modRevision = records.readLong();
    return new Versioned(key, bytes(), createRevision, modRevision);
  }

  private String text() throws SnapshotException, IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private byte[] bytes() throws SnapshotException, IOException {
    int length = records.readInt();
    if (length < 0 || length > SnapshotFormat.MAX_LENGTH_BYTES) {
      throw damaged("a length in it is wrong", null);
    }
    var bytes = records.readNBytes(length);
    if (bytes.length < length) {
      throw damaged("it ends too early", null);
    }
    return bytes;
  }

  private SnapshotException damaged(String how, Exception cause) {
    return new SnapshotException("the snapshot " + path + " is damaged: " + how, cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** From where the channel stands to the checksum, which must not be taken for more gzip. */
  private static final class Packed extends InputStream {
    private final FileChannel channel;
    private final long end;

    Packed(FileChannel channel) throws IOException {
      this.channel = channel;
      this.end = channel.size() - SnapshotFormat.DIGEST_BYTES;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int wanted = (int) Math.min(length, end - channel.position());
      return wanted <= 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, wanted));
    }
  }
}
