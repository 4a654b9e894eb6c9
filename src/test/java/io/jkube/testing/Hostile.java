package io.jkube.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Good input with some of it changed, for parsers of what others send: they read it or refuse it in
 * the way that is theirs, and never fail in another. The same changes in every run; {@code
 * -Djkube.hostile.seed=} and {@code -Djkube.hostile.rounds=} try others and more.
 */
public final class Hostile {
  /** What is tried. */
  @FunctionalInterface
  public interface Reader<T> {
    void read(T input) throws Exception;
  }

  private static final int ROUNDS = Integer.getInteger("jkube.hostile.rounds", 1500);
  private static final char[] SPECIAL =
      "{}[]\"\\:,&*!|>%@`'#-? \n\t\0\u00ff\u0080019eE+.~/$=();<".toCharArray();

  private final long seed;
  private final Random random;

  public Hostile(long seed) {
    this.seed = Long.getLong("jkube.hostile.seed", seed);
    this.random = new Random(this.seed);
  }

  /** Cut, doubled, or with some bytes replaced by such as mean something to parsers. */
  public byte[] changed(byte[] good) {
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> {
        int at = random.nextInt(good.length);
        var doubled = Arrays.copyOf(good, at + good.length - at / 2);
        System.arraycopy(good, at / 2, doubled, at, good.length - at / 2);
        yield doubled;
      }
      case 2 -> withNoise(good);
      default -> {
        var bytes = good.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) SPECIAL[random.nextInt(SPECIAL.length)];
        }
        yield bytes;
      }
    };
  }

  private byte[] withNoise(byte[] good) {
    var bytes = good.clone();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** A character for each byte: what was more than one is cut as well. */
  public String changed(String good) {
    return new String(changed(good.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
  }

  /** As many changes as are tried of each good input. */
  public static int rounds() {
    return ROUNDS;
  }

  /**
   * @param refusals what the reader may throw
   */
  @SafeVarargs
  public final void text(
      String good, Reader<String> reader, Class<? extends Exception>... refusals) {
    for (int i = 0; i < ROUNDS; i++) {
      var input = changed(good);
      var shown = "\"" + input + "\"";
      tried(input, shown, reader, List.of(refusals));
    }
  }

  /**
   * @param refusals what the reader may throw
   */
  @SafeVarargs
  public final void bytes(
      byte[] good, Reader<byte[]> reader, Class<? extends Exception>... refusals) {
    for (int i = 0; i < ROUNDS; i++) {
      var input = changed(good);
      tried(input, HexFormat.of().formatHex(input), reader, List.of(refusals));
    }
  }

  private <T> void tried(
      T input, String shown, Reader<T> reader, List<Class<? extends Exception>> refusals) {
    try {
      reader.read(input);
    } catch (Throwable failure) {
      if (refusals.stream().noneMatch(each -> each.isInstance(failure))) {
        throw new AssertionError("seed " + seed + ", input " + shown + ": " + failure, failure);
      }
      if (failure.getMessage() == null || failure.getMessage().isEmpty()) {
        throw new AssertionError(
            "seed " + seed + ", input " + shown + ": refused without a word", failure);
      }
    }
  }
}
