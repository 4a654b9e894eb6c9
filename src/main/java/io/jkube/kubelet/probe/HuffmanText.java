package io.jkube.kubelet.probe;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Text in HPACK's Huffman code (RFC 7541, appendix B), which is a canonical one: the lengths of its
 * codes say all of it.
 */
final class HuffmanText {
  /** Bits of the code of each byte, and of the end of text, in base 36. */
  private static final String LENGTHS =
      "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca"
          + "d67777777777777777777777878djde6f56565666577666567655677777fbeds"
          + "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn"
          + "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq"
          + "u";

  private static final int LONGEST = 30;
  private static final int END = 256;
  private static final int[] SYMBOLS = symbols();
  private static final int[] COUNTS = counts();

  private HuffmanText() {}

  /**
   * @throws IOException when it is no such text
   */
  static String read(byte[] coded) throws IOException {
    var text = new StringBuilder();
    int code = 0;
    int first = 0;
    int index = 0;
    int length = 0;
    for (int bit = 0; bit < coded.length * 8; bit++) {
      code = code << 1 | coded[bit >> 3] >> (7 - (bit & 7)) & 1;
      first <<= 1;
      length++;
      int count = COUNTS[length];
      if (code - first < count) {
        text.append(letter(SYMBOLS[index + code - first]));
        code = 0;
        first = 0;
        index = 0;
        length = 0;
      } else if (length == LONGEST) {
        throw new IOException("no HTTP/2: an unknown code");
      } else {
        first += count;
        index += count;
      }
    }
    return text.toString();
  }

  private static char letter(int symbol) throws IOException {
    if (symbol == END) {
      throw new IOException("no HTTP/2: an end within a text");
    }
    return (char) symbol;
  }

  private static int length(int symbol) {
    return Character.digit(LENGTHS.charAt(symbol), 36);
  }

  /** In the order of their codes. */
  private static int[] symbols() {
    return IntStream.rangeClosed(0, END)
        .boxed()
        .sorted(Comparator.comparingInt(HuffmanText::length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many codes there are of each length. */
  private static int[] counts() {
    var counts = new int[LONGEST + 1];
    Arrays.stream(SYMBOLS).forEach(symbol -> counts[length(symbol)]++);
    return counts;
  }
}
