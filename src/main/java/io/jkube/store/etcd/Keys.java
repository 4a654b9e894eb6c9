package io.jkube.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.jkube.store.Versioned;
import java.nio.charset.StandardCharsets;

/**
 * Between this store's keys and those in the etcd.
 *
 * @param prefix stands there for {@link EtcdSettings#DEFAULT_PREFIX}
 */
record Keys(String prefix) {
  /** From this key to this key is, in etcd's words, everything. */
  private static final ByteSequence ALL = bytes("\0");

  ByteSequence there(String key) {
    var moved =
        key.startsWith(EtcdSettings.DEFAULT_PREFIX)
            ? prefix + key.substring(EtcdSettings.DEFAULT_PREFIX.length())
            : key;
    return bytes(moved);
  }

  String here(ByteSequence key) {
    var text = key.toString(StandardCharsets.UTF_8);
    return text.startsWith(prefix)
        ? EtcdSettings.DEFAULT_PREFIX + text.substring(prefix.length())
        : text;
  }

  /** The first key behind another one. */
  ByteSequence behind(String key) {
    return there(key).concat(bytes("\0"));
  }

  /** From where the keys that start with {@code prefix} stand. */
  ByteSequence firstOf(String prefix) {
    return prefix.isEmpty() ? ALL : there(prefix);
  }

  /** The first key behind all that start with {@code prefix}. */
  ByteSequence endOf(String prefix) {
    if (prefix.isEmpty()) {
      return ALL;
    }
    var bytes = there(prefix).getBytes();
    bytes[bytes.length - 1]++;
    return ByteSequence.from(bytes);
  }

  Versioned here(KeyValue entry) {
    return new Versioned(
        here(entry.getKey()),
        entry.getValue().getBytes(),
        entry.getCreateRevision(),
        entry.getModRevision());
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
