package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The families a slice can be of, in the words of {@code ipFamilies} and {@code addressType}. */
enum AddressFamily {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String text;

  AddressFamily(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  boolean has(String address) {
    return !address.isEmpty() && address.contains(":") == (this == IPV6);
  }

  /** Those of a service; IPv4 where it does not say. */
  static List<AddressFamily> of(JsonNode service) {
    var families = new ArrayList<AddressFamily>();
    service
        .at("/spec/ipFamilies")
        .forEach(family -> families.add(family.asText().equals(IPV6.text) ? IPV6 : IPV4));
    return families.isEmpty() ? List.of(IPV4) : families;
  }
}
