package io.jkube.bench;

import java.util.Locale;

/** What a number counts, and how it is written. */
enum Unit {
  MILLISECONDS("ms"),
  KIBIBYTES("KiB"),
  MEBIBYTES("MiB"),
  PER_SECOND("op/s"),
  MEBIBYTES_PER_SECOND("MiB/s"),
  PERCENT("%");

  private static final double MANY = 100;
  private static final double SOME = 10;

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  String text(double value) {
    int digits = value >= MANY ? 0 : value >= SOME ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f %s", value, symbol);
  }
}
