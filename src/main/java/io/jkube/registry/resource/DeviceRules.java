package io.jkube.registry.resource;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;

/** What claims for devices must say, in a claim and in the template of one. */
final class DeviceRules {
  private static final List<String> MODES = List.of("All", "ExactCount");

  private DeviceRules() {}

  static void applyDefaults(JsonNode spec) {
    for (var request : objects(spec, "/devices/requests")) {
      if (request.get("exactly") instanceof ObjectNode exactly) {
        count(exactly);
      }
      objects(request, "/firstAvailable").forEach(DeviceRules::count);
    }
  }

  private static void count(ObjectNode request) {
    putIfEmpty(request, "allocationMode", "ExactCount");
    if (text(request, "/allocationMode").equals("ExactCount")) {
      putIfAbsent(request, "count", 1);
    }
  }

  static void claim(JsonNode spec, String at, Violations violations) {
    var rules = new Rules(violations);
    var requests = objects(spec, "/devices/requests");
    rules.unique(requests, "name", at + ".devices.requests");
    for (int i = 0; i < requests.size(); i++) {
      request(requests.get(i), at + ".devices.requests[" + i + "]", rules);
    }
    configuration(spec.path("devices"), at + ".devices", violations);
  }

  private static void request(ObjectNode request, String at, Rules rules) {
    rules.name(request, "name", at, NameRule.DNS_LABEL);
    boolean exactly = request.path("exactly").isObject();
    boolean several = !request.path("firstAvailable").isEmpty();
    if (exactly == several) {
      if (exactly) {
        rules
            .violations()
            .invalid(
                at,
                "{exactly, firstAvailable}",
                "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
      } else {
        rules.violations().required(at, "exactly one of `exactly` or `firstAvailable` is required");
      }
    }
    if (exactly) {
      device(request.path("exactly"), at + ".exactly", rules);
    }
    int index = 0;
    for (var alternative : objects(request, "/firstAvailable")) {
      var where = at + ".firstAvailable[" + index++ + "]";
      rules.name(alternative, "name", where, NameRule.DNS_LABEL);
      device(alternative, where, rules);
    }
  }

  private static void device(JsonNode device, String at, Rules rules) {
    rules.name(device, "deviceClassName", at, NameRule.DNS_SUBDOMAIN);
    selectors(device, at, rules.violations());
    rules.oneOf(device, "allocationMode", at, MODES);
    var count = device.path("count");
    if (text(device, "/allocationMode").equals("All") && count.asLong() != 0) {
      rules
          .violations()
          .invalid(at + ".count", count, "must not be specified when allocationMode is 'All'");
    } else if (count.isNumber() && count.asLong() < 0
        || text(device, "/allocationMode").equals("ExactCount") && count.asLong() == 0) {
      rules.violations().invalid(at + ".count", count, "must be greater than zero");
    }
  }

  static void selectors(JsonNode holder, String at, Violations violations) {
    int index = 0;
    for (var selector : objects(holder, "/selectors")) {
      var where = at + ".selectors[" + index++ + "]";
      if (!selector.path("cel").isObject()) {
        violations.required(where + ".cel", "");
      } else {
        new Rules(violations).required(selector.path("cel"), "expression", where + ".cel");
      }
    }
  }

  static void configuration(JsonNode holder, String at, Violations violations) {
    int index = 0;
    for (var entry : objects(holder, "/config")) {
      var where = at + ".config[" + index++ + "]";
      if (!entry.path("opaque").isObject()) {
        violations.required(where + ".opaque", "");
      } else {
        new Rules(violations)
            .name(entry.path("opaque"), "driver", where + ".opaque", NameRule.DNS_SUBDOMAIN);
      }
    }
  }
}
