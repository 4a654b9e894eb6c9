package io.jkube.cli.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A command line and its surroundings, as they travel.
 *
 * @param environment name, value, name, value, ...
 * @param terminals three bits: stdin 1, stdout 2, stderr 4 is a terminal
 * @param pid of the client: its {@code /dev/fd} paths mean that process
 */
public record Request(
    String[] arguments, String workingFolder, String[] environment, int terminals, long pid) {
  /** Changes with the format: a server tells a client of another build so. */
  private static final int VERSION = 0x6a6b3101;

  private static final int MAX_STRINGS = 1 << 16;

  public byte[] encode() throws IOException {
    var bytes = new ByteArrayOutputStream(1024);
    var out = new DataOutputStream(bytes);
    out.writeInt(VERSION);
    write(out, arguments);
    write(out, new String[] {workingFolder});
    write(out, environment);
    out.writeInt(terminals);
    out.writeLong(pid);
    return bytes.toByteArray();
  }

  /**
   * @throws IOException when a client of another version wrote it, or none at all
   */
  public static Request decode(byte[] bytes) throws IOException {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (EOFException cut) {
      throw new IOException("not a request of jkube's", cut);
    }
  }

  private static Request read(DataInputStream in) throws IOException {
    if (in.readInt() != VERSION) {
      throw new IOException("client and server are of different versions");
    }
    var arguments = readStrings(in);
    var folder = readStrings(in);
    if (folder.length != 1) {
      throw new IOException("not a request of jkube's");
    }
    return new Request(arguments, folder[0], readStrings(in), in.readInt(), in.readLong());
  }

  private static void write(DataOutputStream out, String[] strings) throws IOException {
    out.writeInt(strings.length);
    for (int i = 0; i < strings.length; i++) {
      var bytes = strings[i].getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static String[] readStrings(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_STRINGS) {
      throw new IOException("not a request of jkube's");
    }
    var strings = new String[count];
    for (int i = 0; i < count; i++) {
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("not a request of jkube's");
      }
      strings[i] = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
    return strings;
  }
}
