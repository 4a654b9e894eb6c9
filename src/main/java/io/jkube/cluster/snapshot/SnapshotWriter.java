package io.jkube.cluster.snapshot;

import io.jkube.api.Json;
import io.jkube.store.Versioned;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the records of a snapshot, in the order of {@link SnapshotFormat}. Closing it gives back
 * what compressing took outside of the heap; only {@link #finish} ends the file.
 */
final class SnapshotWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final OutputStream file;
  private final DigestOutputStream digested;
  private final Fast packed;
  private final DataOutputStream records;
  private long entries;

  /**
   * @param file needs no buffer of its own; stays the caller's to close
   */
  SnapshotWriter(OutputStream file, SnapshotHeader header) throws IOException {
    this.file = file;
    this.digested = new DigestOutputStream(file, SnapshotFormat.digest());
    digested.write(SnapshotFormat.firstLine());
    this.packed = new Fast(digested);
    this.records = new DataOutputStream(packed);
    records.writeByte(SnapshotFormat.HEADER);
    bytes(Json.bytes(header.json()));
  }

  void file(String name, byte[] content) throws IOException {
    records.writeByte(SnapshotFormat.FILE);
    text(name);
    bytes(content);
  }

  void entry(Versioned entry) throws IOException {
    records.writeByte(SnapshotFormat.ENTRY);
    text(entry.key());
    records.writeLong(entry.createRevision());
    records.writeLong(entry.modRevision());
    bytes(entry.value());
    entries++;
  }

  /** Ends the file; without it, it is one that was cut. */
  void finish() throws IOException {
    records.writeByte(SnapshotFormat.END);
    records.writeLong(entries);
    records.flush();
    packed.finish();
    file.write(digested.getMessageDigest().digest());
  }

  @Override
  public void close() {
    packed.release();
  }

  private void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) throws IOException {
    records.writeInt(bytes.length);
    records.write(bytes);
  }

  /** A cluster's JSON shrinks to a tenth with the least of effort. */
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }

    void release() {
      def.end();
    }
  }
}
