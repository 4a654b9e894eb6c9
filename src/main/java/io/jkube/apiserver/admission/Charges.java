package io.jkube.apiserver.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Several charges as one: asked in order, and what the first gave is given back where a later
 * refuses.
 */
public record Charges(List<Charge> each) implements Charge {
  public Charges {
    each = List.copyOf(each);
  }

  @Override
  public Reservation charge(AdmissionRequest request) {
    var given = new All(new ArrayDeque<>());
    try {
      for (var charge : each) {
        given.reservations().push(charge.charge(request));
      }
    } catch (RuntimeException refused) {
      given.close();
      throw refused;
    }
    return given;
  }

  private record All(Deque<Reservation> reservations) implements Reservation {
    @Override
    public void keep() {
      reservations.forEach(Reservation::keep);
    }

    @Override
    public void close() {
      reservations.forEach(Reservation::close);
    }
  }
}
