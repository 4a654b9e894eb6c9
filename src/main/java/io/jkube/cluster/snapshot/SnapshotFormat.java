package io.jkube.cluster.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How a snapshot lies in its file: a line {@code jkube-snapshot 1} with the format's version;
 * records in gzip; and the SHA-256 of all that, 32 bytes. Numbers are big-endian, texts and bytes
 * stand behind their length (4 bytes), texts are UTF-8. A record begins with its tag:
 *
 * <ul>
 *   <li>{@code H}, the first: a {@link SnapshotHeader} as JSON
 *   <li>{@code F}: a file of the cluster's folder: name, content
 *   <li>{@code E}: an entry of the store: key, create revision and mod revision (8 bytes each),
 *       value
 *   <li>{@code Z}, the last: how many entries there were (8 bytes)
 * </ul>
 */
final class SnapshotFormat {
  /** Of what this code reads and writes. */
  static final int VERSION = 1;

  static final String MAGIC = "jkube-snapshot ";
  static final int DIGEST_BYTES = 32;

  static final char HEADER = 'H';
  static final char FILE = 'F';
  static final char ENTRY = 'E';
  static final char END = 'Z';

  /** No text or value is longer: far above what a store takes. */
  static final int MAX_LENGTH_BYTES = 256 << 20;

  private SnapshotFormat() {}

  static byte[] firstLine() {
    return (MAGIC + VERSION + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
