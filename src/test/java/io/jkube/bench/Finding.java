package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Objects;
import java.util.Optional;

/** One line of the report. */
sealed interface Finding {
  String what();

  ObjectNode json();

  /** The floor or peer of a figure, measured in the same run. */
  record Peer(String name, double value) {}

  /**
   * A figure.
   *
   * @param value a median, where it was measured more than once
   * @param note how it was measured; may be empty
   */
  record Measured(
      String what, Unit unit, double value, Optional<Peer> peer, Target target, String note)
      implements Finding {
    public Measured {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(target, "target");
    }

    static Measured of(String what, Unit unit, double value) {
      return new Measured(what, unit, value, Optional.empty(), new Target.Reported(), "");
    }

    Measured beside(String name, double peers) {
      return new Measured(what, unit, value, Optional.of(new Peer(name, peers)), target, note);
    }

    Measured mustReach(Target wanted) {
      return new Measured(what, unit, value, peer, wanted, note);
    }

    Measured noted(String text) {
      return new Measured(what, unit, value, peer, target, text);
    }

    Optional<Double> ratio() {
      return peer.map(other -> value / other.value());
    }

    Optional<Boolean> met() {
      return target.met(value, ratio());
    }

    @Override
    public ObjectNode json() {
      var json = Json.object().put("figure", what).put("unit", unit.symbol()).put("value", value);
      peer.ifPresent(
          other -> json.putObject("peer").put("name", other.name()).put("value", other.value()));
      ratio().ifPresent(times -> json.put("ratio", times));
      if (!(target instanceof Target.Reported)) {
        json.put("target", target.text(unit));
      }
      met().ifPresent(yes -> json.put("met", yes));
      return json.put("note", note);
    }
  }

  /** A figure that this machine cannot give, or that could not be taken. */
  record LeftOut(String what, String why, boolean failed) implements Finding {
    @Override
    public ObjectNode json() {
      return Json.object().put("figure", what).put(failed ? "failed" : "leftOut", why);
    }
  }
}
