package io.jkube.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An amount of a resource, exact: {@code 100m}, {@code 1.5Gi}, {@code 12e6}.
 *
 * <p>Nine decimal places; what is finer is rounded away from zero. Arithmetic keeps the left side's
 * format, unless that is zero. Source: "Quantity" in the API reference.
 *
 * @param format how {@link #toString} writes it
 */
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {
  /** The family of suffixes. */
  public enum Format {
    /** {@code n u m k M G T P E}. */
    DECIMAL_SI,
    /** {@code Ki Mi Gi Ti Pi Ei}. */
    BINARY_SI,
    /** {@code e3 e6 ...}. */
    DECIMAL_EXPONENT
  }

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  private static final int DECIMAL_PLACES = 9;
  private static final int MAX_TEXT_CHARACTERS = 256;
  private static final int MAX_EXPONENT = 999;
  private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private static final Map<String, Integer> DECIMAL_EXPONENTS =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final String DECIMAL_SUFFIXES = "num kMGTPE";
  private static final String BINARY_SUFFIXES = " KMGTPE";

  private static final Pattern SHAPE =
      Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([eEinumkKMGTP]*[-+]?[0-9]*)");
  private static final Pattern EXPONENT = Pattern.compile("[eE]([+-]?[0-9]+)");
  private static final String WRONG_SHAPE =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";
  private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";

  public Quantity {
    Objects.requireNonNull(format, "format");
    if (amount.scale() > DECIMAL_PLACES) {
      amount = amount.setScale(DECIMAL_PLACES, RoundingMode.UP);
    }
  }

  /**
   * @throws ApiException BadRequest, in upstream's words
   */
  public static Quantity parse(String text) {
    if (text.length() > MAX_TEXT_CHARACTERS) {
      throw ApiException.badRequest(WRONG_NUMBER);
    }
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw ApiException.badRequest(WRONG_SHAPE);
    }
    var number = new BigDecimal(shape.group(1));
    var suffix = shape.group(2);
    var decimal = DECIMAL_EXPONENTS.get(suffix);
    if (decimal != null) {
      return new Quantity(number.scaleByPowerOfTen(decimal), Format.DECIMAL_SI);
    }
    if (suffix.length() == 2 && suffix.endsWith("i")) {
      return binary(number, BINARY_SUFFIXES.indexOf(suffix.charAt(0)));
    }
    return new Quantity(number.scaleByPowerOfTen(exponent(suffix)), Format.DECIMAL_EXPONENT);
  }

  /**
   * Reads a quantity out of an object, where it is a text or a number; absent is zero.
   *
   * @throws ApiException BadRequest, in upstream's words
   */
  public static Quantity of(JsonNode node) {
    return node == null || node.isMissingNode() || node.isNull() ? ZERO : parse(node.asText());
  }

  /** So many whole units, such as bytes or pods. */
  public static Quantity of(long value, Format format) {
    return new Quantity(BigDecimal.valueOf(value), format);
  }

  /** So many thousandths, such as millicores. */
  public static Quantity ofMillis(long millis) {
    return new Quantity(BigDecimal.valueOf(millis, 3), Format.DECIMAL_SI);
  }

  private static Quantity binary(BigDecimal number, int power) {
    if (power < 1) {
      throw ApiException.badRequest(WRONG_SUFFIX);
    }
    var amount = number.multiply(KIBI.pow(power));
    if (amount.abs().compareTo(MAX_BINARY) > 0) {
      amount = amount.signum() < 0 ? MAX_BINARY.negate() : MAX_BINARY;
    }
    return new Quantity(amount, Format.BINARY_SI);
  }

  private static int exponent(String suffix) {
    var digits = EXPONENT.matcher(suffix);
    if (digits.matches() && digits.group(1).length() <= 4) {
      int exponent = Integer.parseInt(digits.group(1));
      if (Math.abs(exponent) <= MAX_EXPONENT) {
        return exponent;
      }
    }
    throw ApiException.badRequest(WRONG_SUFFIX);
  }

  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
  }

  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
  }

  public Quantity negated() {
    return new Quantity(amount.negate(), format);
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  /** -1, 0 or 1. */
  public int signum() {
    return amount.signum();
  }

  /** Whole units, rounded away from zero; the largest long where it would not fit. */
  public long value() {
    return saturated(amount);
  }

  /** Thousandths, rounded away from zero; the largest long where it would not fit. */
  public long millis() {
    return saturated(amount.scaleByPowerOfTen(3));
  }

  private static long saturated(BigDecimal amount) {
    if (amount.compareTo(MAX_BINARY) >= 0) {
      return Long.MAX_VALUE;
    }
    if (amount.compareTo(MAX_BINARY.negate()) <= 0) {
      return -Long.MAX_VALUE;
    }
    return amount.setScale(0, RoundingMode.UP).longValueExact();
  }

  /** By amount only: {@code 1024} and {@code 1Ki} are the same. */
  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return amount.stripTrailingZeros().hashCode();
  }

  /** The canonical form: no fraction, the largest suffix that needs none. */
  @Override
  public String toString() {
    if (isZero()) {
      return "0";
    }
    return switch (format) {
      case DECIMAL_SI -> decimalText();
      case DECIMAL_EXPONENT -> exponentText();
      case BINARY_SI -> isBinaryText() ? binaryText() : decimalText();
    };
  }

  /** Below 1024, and where a fraction would be lost, upstream writes decimal suffixes. */
  private boolean isBinaryText() {
    return amount.abs().compareTo(KIBI) >= 0 && amount.stripTrailingZeros().scale() <= 0;
  }

  private String binaryText() {
    var mantissa = amount.toBigIntegerExact();
    int power = 0;
    while (power < BINARY_SUFFIXES.length() - 1 && mantissa.getLowestSetBit() >= 10) {
      mantissa = mantissa.shiftRight(10);
      power++;
    }
    return power == 0
        ? mantissa.toString()
        : mantissa + BINARY_SUFFIXES.substring(power, power + 1) + "i";
  }

  private String decimalText() {
    int exponent = Math.min(canonicalExponent(), 3 * (DECIMAL_SUFFIXES.length() - 4));
    var suffix = DECIMAL_SUFFIXES.substring(exponent / 3 + 3, exponent / 3 + 4);
    return mantissa(exponent) + suffix.strip();
  }

  private String exponentText() {
    int exponent = canonicalExponent();
    return exponent == 0 ? mantissa(0).toString() : mantissa(exponent) + "e" + exponent;
  }

  /** The largest multiple of three that leaves no fraction. */
  private int canonicalExponent() {
    return 3 * Math.floorDiv(-amount.stripTrailingZeros().scale(), 3);
  }

  private BigInteger mantissa(int exponent) {
    return amount.scaleByPowerOfTen(-exponent).toBigIntegerExact();
  }
}
