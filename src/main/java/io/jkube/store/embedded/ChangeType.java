package io.jkube.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How a {@link Change} stands in the file: create revision, deadline, key, value length + 1 (0 for
 * a deletion), value, and a CRC-32C over key and value, because MVStore does not check what is in a
 * page.
 */
final class ChangeType extends BasicDataType<Change> {
  private static final int OBJECT_OVERHEAD_BYTES = 120;

  @Override
  public int getMemory(Change change) {
    int value = change.isDeletion() ? 0 : change.value().length;
    return OBJECT_OVERHEAD_BYTES + change.key().length() + value;
  }

  @Override
  public void write(WriteBuffer buffer, Change change) {
    var key = change.key().getBytes(StandardCharsets.UTF_8);
    buffer.putVarLong(change.createRevision());
    buffer.putVarLong(change.deadlineMillis());
    buffer.putVarInt(key.length).put(key);
    if (change.isDeletion()) {
      buffer.putVarInt(0);
    } else {
      buffer.putVarInt(change.value().length + 1).put(change.value());
    }
    buffer.putInt(checksum(key, change.value()));
  }

  @Override
  public Change read(ByteBuffer buffer) {
    long createRevision = DataUtils.readVarLong(buffer);
    long deadlineMillis = DataUtils.readVarLong(buffer);
    var key = bytes(buffer, DataUtils.readVarInt(buffer));
    int valueLength = DataUtils.readVarInt(buffer) - 1;
    var value = valueLength < 0 ? null : bytes(buffer, valueLength);
    if (buffer.getInt() != checksum(key, value)) {
      throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "checksum of a change is wrong");
    }
    return new Change(
        new String(key, StandardCharsets.UTF_8), value, createRevision, deadlineMillis);
  }

  private static byte[] bytes(ByteBuffer buffer, int length) {
    if (length < 0 || length > buffer.remaining()) {
      throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "length of a change is wrong");
    }
    var bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private static int checksum(byte[] key, byte[] value) {
    var checksum = new CRC32C();
    checksum.update(key);
    if (value != null) {
      checksum.update(value);
    }
    return (int) checksum.getValue();
  }

  @Override
  public Change[] createStorage(int size) {
    return new Change[size];
  }
}
