package io.jkube.apiserver.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One way to write a value: one provider with one of its keys; {@code identity} writes it plain.
 * Says nothing of the key when printed.
 */
final class Cipherer {
  static final Cipherer IDENTITY = new Cipherer("", null, null);

  /** What every encrypted value starts with; JSON never does. */
  static final String MARK = "k8s:enc:";

  private static final Set<Integer> KEY_BYTES = Set.of(16, 24, 32);
  private static final int TAG_BITS = 128;

  /** The modes of AES that have a provider. */
  enum Mode {
    CBC("aescbc", "AES/CBC/PKCS5Padding", 16),
    GCM("aesgcm", "AES/GCM/NoPadding", 12);

    final String provider;
    final String transformation;
    final int ivBytes;

    Mode(String provider, String transformation, int ivBytes) {
      this.provider = provider;
      this.transformation = transformation;
      this.ivBytes = ivBytes;
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] prefix;
  private final Mode mode;
  private final SecretKeySpec key;

  private Cipherer(String prefix, Mode mode, SecretKeySpec key) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.mode = mode;
    this.key = key;
  }

  /**
   * @throws IllegalArgumentException the key has not the length of one of AES
   */
  static Cipherer of(Mode mode, String name, byte[] secret) {
    if (!KEY_BYTES.contains(secret.length)) {
      throw new IllegalArgumentException(
          "key \"" + name + "\": expected length of 16, 24 or 32 bytes, not " + secret.length);
    }
    var prefix = MARK + mode.provider + ":v1:" + name + ":";
    return new Cipherer(prefix, mode, new SecretKeySpec(secret, "AES"));
  }

  /** Whether this one wrote the value. */
  boolean wrote(byte[] stored) {
    return mode == null
        ? !isEncrypted(stored)
        : stored.length >= prefix.length
            && Arrays.equals(stored, 0, prefix.length, prefix, 0, prefix.length);
  }

  static boolean isEncrypted(byte[] stored) {
    var mark = MARK.getBytes(StandardCharsets.US_ASCII);
    return stored.length >= mark.length
        && Arrays.equals(stored, 0, mark.length, mark, 0, mark.length);
  }

  /**
   * @param place the key in the store: a value moved elsewhere cannot be read there (GCM)
   */
  byte[] write(String place, byte[] plain) {
    if (mode == null) {
      return plain;
    }
    var iv = new byte[mode.ivBytes];
    RANDOM.nextBytes(iv);
    try {
      var secret = cipher(Cipher.ENCRYPT_MODE, iv, place).doFinal(plain);
      var all = Arrays.copyOf(prefix, prefix.length + iv.length + secret.length);
      System.arraycopy(iv, 0, all, prefix.length, iv.length);
      System.arraycopy(secret, 0, all, prefix.length + iv.length, secret.length);
      return all;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + mode.transformation, impossible);
    }
  }

  /**
   * @throws GeneralSecurityException it was not written with this key, at this place, or is damaged
   */
  byte[] read(String place, byte[] stored) throws GeneralSecurityException {
    if (mode == null) {
      return stored;
    }
    int start = prefix.length + mode.ivBytes;
    if (stored.length < start) {
      throw new GeneralSecurityException("the value is cut off");
    }
    var iv = Arrays.copyOfRange(stored, prefix.length, start);
    return cipher(Cipher.DECRYPT_MODE, iv, place).doFinal(stored, start, stored.length - start);
  }

  private Cipher cipher(int direction, byte[] iv, String place) throws GeneralSecurityException {
    AlgorithmParameterSpec parameters =
        mode == Mode.GCM ? new GCMParameterSpec(TAG_BITS, iv) : new IvParameterSpec(iv);
    var cipher = Cipher.getInstance(mode.transformation);
    cipher.init(direction, key, parameters);
    if (mode == Mode.GCM) {
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    }
    return cipher;
  }

  @Override
  public String toString() {
    return new String(prefix, StandardCharsets.UTF_8);
  }
}
