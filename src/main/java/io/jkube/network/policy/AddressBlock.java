package io.jkube.network.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.AddressRange;

/** Blocks of IPv4 addresses, as numbers. */
final class AddressBlock {
  private AddressBlock() {}

  /** An {@code ipBlock}: its addresses without the excepted ones; none where it is of IPv6. */
  static Ranges of(JsonNode block) {
    var ranges = range(block.path("cidr").asText());
    for (var except : block.path("except")) {
      ranges = ranges.without(range(except.asText()));
    }
    return ranges;
  }

  private static Ranges range(String cidr) {
    return AddressRange.parse(cidr)
        .map(range -> Ranges.of(range.first(), range.last()))
        .orElse(Ranges.NONE);
  }
}
