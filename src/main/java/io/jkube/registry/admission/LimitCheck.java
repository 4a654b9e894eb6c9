package io.jkube.registry.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds amounts against one limit of a LimitRange, in upstream's words.
 *
 * @param type Container, Pod or PersistentVolumeClaim
 * @param limits null for what has requests only: they are held against the maximum, too
 */
record LimitCheck(String type, JsonNode limit, JsonNode requests, JsonNode limits) {
  List<String> violations() {
    var found = new ArrayList<String>();
    for (var least : limit.path("min").properties()) {
      min(least.getKey(), Quantity.of(least.getValue()), found);
    }
    for (var most : limit.path("max").properties()) {
      max(most.getKey(), Quantity.of(most.getValue()), found);
    }
    for (var ratio : limit.path("maxLimitRequestRatio").properties()) {
      ratio(ratio.getKey(), Quantity.of(ratio.getValue()), found);
    }
    return found;
  }

  private void min(String resource, Quantity least, List<String> found) {
    var start = "minimum " + resource + " usage per " + type + " is " + least;
    if (!requests.has(resource)) {
      found.add(start + ".  No request is specified");
    } else if (amount(requests, resource).compareTo(least) < 0) {
      found.add(start + ", but request is " + amount(requests, resource));
    } else if (limits != null
        && limits.has(resource)
        && amount(limits, resource).compareTo(least) < 0) {
      found.add(start + ", but limit is " + amount(limits, resource));
    }
  }

  private void max(String resource, Quantity most, List<String> found) {
    var start = "maximum " + resource + " usage per " + type + " is " + most;
    if (limits == null) {
      if (amount(requests, resource).compareTo(most) > 0) {
        found.add(start + ", but request is " + amount(requests, resource));
      }
    } else if (!limits.has(resource)) {
      found.add(start + ".  No limit is specified");
    } else if (amount(limits, resource).compareTo(most) > 0) {
      found.add(start + ", but limit is " + amount(limits, resource));
    } else if (requests.has(resource) && amount(requests, resource).compareTo(most) > 0) {
      found.add(start + ", but request is " + amount(requests, resource));
    }
  }

  private void ratio(String resource, Quantity most, List<String> found) {
    var start = resource + " max limit to request ratio per " + type + " is " + most;
    boolean known =
        requests.has(resource)
            && limits.has(resource)
            && !amount(requests, resource).isZero()
            && !amount(limits, resource).isZero();
    if (!known) {
      found.add(start + ", but no request is specified or request is 0");
      return;
    }
    var provided =
        amount(limits, resource)
            .amount()
            .divide(amount(requests, resource).amount(), MathContext.DECIMAL64);
    if (provided.compareTo(most.amount()) > 0) {
      found.add(start + ", but provided ratio is " + "%.6f".formatted(provided));
    }
  }

  private static Quantity amount(JsonNode amounts, String resource) {
    return Quantity.of(amounts.path(resource));
  }
}
