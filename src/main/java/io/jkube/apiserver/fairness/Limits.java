package io.jkube.apiserver.fairness;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many seats a level has: by its shares, at least (the rest is lent to whom needs it), and at
 * most (with what it borrows).
 *
 * @param widest how many of them one request may take; 0 where the level does not say
 */
record Limits(int nominal, int lower, int upper, int widest) {
  /** Of the nominal seats: so that the default levels of upstream's 600 seats come to its ten. */
  private static final double WIDEST_PART = 0.15;

  private static final double PERCENT = 100;

  /**
   * @param spec of a PriorityLevelConfiguration
   * @param seats of the whole server
   * @param shares of all levels together
   */
  static Limits of(JsonNode spec, int seats, int shares) {
    var level = level(spec);
    int nominal = Math.ceilDiv(seats * shares(spec), Math.max(1, shares));
    int lendable = (int) Math.round(nominal * level.path("lendablePercent").asInt() / PERCENT);
    var limit = level.path("borrowingLimitPercent");
    int borrowed = limit.isNumber() ? (int) Math.round(nominal * limit.asInt() / PERCENT) : seats;
    return new Limits(nominal, nominal - lendable, nominal + borrowed, widest(spec, nominal));
  }

  static int shares(JsonNode spec) {
    return level(spec).path("nominalConcurrencyShares").asInt();
  }

  private static JsonNode level(JsonNode spec) {
    return spec.path(spec.path("type").asText().equals("Exempt") ? "exempt" : "limited");
  }

  private static int widest(JsonNode spec, int nominal) {
    int hand = spec.at("/limited/limitResponse/queuing/handSize").asInt();
    return hand == 0
        ? 0
        : Math.max(1, Math.min((int) Math.ceil(nominal * WIDEST_PART), nominal / hand));
  }
}
