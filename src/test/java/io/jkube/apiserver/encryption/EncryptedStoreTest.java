package io.jkube.apiserver.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.testing.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that lie encrypted below and are plain above. */
@Timeout(20)
final class EncryptedStoreTest {
  private static final String PLACE = "/registry/secrets/default/s";
  private static final byte[] VALUE = "{\"data\":\"very secret\"}".getBytes(StandardCharsets.UTF_8);

  private final InMemoryStore disk = new InMemoryStore();

  @AfterEach
  void close() {
    disk.close();
  }

  private static String key(String name, int letter) {
    var secret =
        Base64.getEncoder().encodeToString(String.valueOf((char) letter).repeat(32).getBytes());
    return "{name: " + name + ", secret: " + secret + "}";
  }

  private static String aes(String mode, String... keys) {
    return "{" + mode + ": {keys: [" + String.join(",", keys) + "]}}";
  }

  private EncryptedStore store(String... providers) {
    return new EncryptedStore(disk, config(providers));
  }

  private static EncryptionConfig config(String... providers) {
    return EncryptionConfig.parse(
        "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n"
            + "- resources: [secrets]\n  providers: ["
            + String.join(",", providers)
            + "]\n");
  }

  private String onDisk(String place) {
    return new String(disk.get(place).orElseThrow().value(), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aescbc", "aesgcm"})
  void isPlainAboveAndNotBelow(String mode) throws InterruptedException {
    var store = store(aes(mode, key("k", 'a')));
    try (var watch = store.watch("/registry/", Store.NEWEST)) {
      assertArrayEquals(VALUE, store.put(PLACE, VALUE, Store.ABSENT, null).value());
      assertTrue(onDisk(PLACE).startsWith("k8s:enc:" + mode + ":v1:k:"));
      assertFalse(onDisk(PLACE).contains("secret\""));
      assertArrayEquals(VALUE, store.get(PLACE).orElseThrow().value());
      var page = store.list("/registry/secrets/", "", 0, Store.NEWEST);
      assertArrayEquals(VALUE, page.entries().getFirst().value());
      var event = (StoreEvent.Put) watch.next().getFirst();
      assertArrayEquals(VALUE, event.current().value());
      var gone = store.delete(PLACE, Store.ANY).orElseThrow();
      assertArrayEquals(VALUE, gone.previous().value());
    }
  }

  @Test
  void otherResourcesStayPlain() {
    var store = store(aes("aesgcm", key("k", 'a')));
    store.put("/registry/configmaps/default/c", VALUE, Store.ABSENT, null);
    assertArrayEquals(VALUE, disk.get("/registry/configmaps/default/c").orElseThrow().value());
  }

  @Test
  void theSameValueNeverLooksTheSame() {
    var store = store(aes("aescbc", key("k", 'a')));
    store.put(PLACE, VALUE, Store.ABSENT, null);
    var first = onDisk(PLACE);
    store.put(PLACE, VALUE, Store.ANY, null);
    assertFalse(first.equals(onDisk(PLACE)));
  }

  @Test
  void aKeyIsRotatedByAStart() {
    store("{identity: {}}").put(PLACE, VALUE, Store.ABSENT, null);
    var first = store(aes("aescbc", key("one", 'a')), "{identity: {}}");
    assertArrayEquals(VALUE, first.get(PLACE).orElseThrow().value());
    assertEquals(1, first.rewriteStale());
    assertEquals(0, first.rewriteStale());
    var second = store(aes("aesgcm", key("two", 'b')), aes("aescbc", key("one", 'a')));
    assertEquals(1, second.rewriteStale());
    var third = store(aes("aesgcm", key("two", 'b')));
    assertArrayEquals(VALUE, third.get(PLACE).orElseThrow().value());
    assertThrows(
        StoreException.Unavailable.class,
        () -> store(aes("aescbc", key("one", 'a'))).requireReadable());
  }

  @Test
  void aValueThatWasMovedOrChangedIsRefused() {
    var store = store(aes("aesgcm", key("k", 'a')));
    store.put(PLACE, VALUE, Store.ABSENT, null);
    var stored = disk.get(PLACE).orElseThrow().value();
    disk.put(PLACE + "2", stored, Store.ABSENT, null);
    assertThrows(StoreException.Unavailable.class, () -> store.get(PLACE + "2"));
    var changed = stored.clone();
    changed[changed.length - 1] ^= 1;
    disk.put(PLACE, changed, Store.ANY, null);
    assertThrows(StoreException.Unavailable.class, () -> store.get(PLACE));
  }

  @Test
  void twoKeysOfOneNameAreBothTried() {
    store(aes("aesgcm", key("k", 'a'))).put(PLACE, VALUE, Store.ABSENT, null);
    var both = store(aes("aesgcm", key("k", 'b'), key("k", 'a')));
    assertArrayEquals(VALUE, both.get(PLACE).orElseThrow().value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{secretbox: {keys: []}}",
        "{aescbc: {keys: [{name: k, secret: c2hvcnQ=}]}}",
        "{aescbc: {keys: [{name: k, secret: '!!'}]}}",
        "{aesgcm: {keys: []}}",
      })
  void aConfigurationThatCannotWorkIsRefused(String provider) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> config(provider));
    assertFalse(wrong.getMessage().contains("c2hvcnQ"), wrong.getMessage());
  }
}
