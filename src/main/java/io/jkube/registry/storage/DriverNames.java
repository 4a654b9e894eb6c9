package io.jkube.registry.storage;

import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import java.util.Locale;

/** Names of storage drivers: domains of at most 63 characters. */
final class DriverNames {
  private static final int MAX_CHARACTERS = 63;

  private DriverNames() {}

  static void validate(String name, String at, Violations violations) {
    if (name.isEmpty()) {
      violations.required(at, "");
    }
    if (name.length() > MAX_CHARACTERS) {
      violations.tooLong(at, MAX_CHARACTERS);
    }
    if (!name.isEmpty()) {
      NameRule.DNS_SUBDOMAIN
          .violations(name.toLowerCase(Locale.ROOT))
          .forEach(why -> violations.invalid(at, name, why));
    }
  }
}
