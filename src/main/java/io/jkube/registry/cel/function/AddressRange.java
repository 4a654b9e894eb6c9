package io.jkube.registry.cel.function;

import io.jkube.registry.cel.cost.Sized;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses: {@code 10.0.0.0/8}. */
record AddressRange(InetAddress address, int bits) implements Sized {
  /**
   * @throws IllegalArgumentException when it is none
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    var wrong = "network address parse error during conversion from string: " + text;
    if (slash < 0) {
      throw new IllegalArgumentException(wrong);
    }
    try {
      var range =
          new AddressRange(
              InetAddress.ofLiteral(text.substring(0, slash)),
              Integer.parseInt(text.substring(slash + 1)));
      if (range.bits >= 0 && range.bits <= range.width()) {
        return range;
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(wrong, malformed);
    }
    throw new IllegalArgumentException(wrong);
  }

  /** Of the bytes that its prefix takes. */
  @Override
  public long size() {
    return Math.ceilDiv(bits, Byte.SIZE);
  }

  private int width() {
    return address.getAddress().length * Byte.SIZE;
  }

  boolean contains(InetAddress other) {
    return other.getAddress().length == address.getAddress().length
        && network(other).equals(network(address));
  }

  boolean contains(AddressRange other) {
    return other.bits >= bits && contains(other.address);
  }

  private BigInteger network(InetAddress of) {
    return new BigInteger(1, of.getAddress()).shiftRight(width() - bits);
  }

  AddressRange masked() {
    var number = network(address).shiftLeft(width() - bits).toByteArray();
    var bytes = new byte[address.getAddress().length];
    int kept = Math.min(number.length, bytes.length);
    System.arraycopy(number, number.length - kept, bytes, bytes.length - kept, kept);
    try {
      return new AddressRange(InetAddress.getByAddress(bytes), bits);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return AddressFunctions.text(address) + "/" + bits;
  }
}
