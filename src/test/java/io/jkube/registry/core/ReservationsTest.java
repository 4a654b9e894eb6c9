package io.jkube.registry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReservationsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Reservations<String> reservations = new Reservations<>(now::get);

  @Test
  void whatWasGivenOutIsTakenUntilNoRequestCanStillStoreIt() {
    assertEquals(Optional.of("a"), next());
    assertEquals(Optional.of("b"), next());
    assertEquals(Optional.empty(), next());
    now.set(Instant.EPOCH.plusSeconds(121));
    assertEquals(Optional.of("a"), next());
  }

  @Test
  void whatARequestWasGivenIsFreeOnceItEnded() throws Exception {
    var request = Thread.ofVirtual().start(() -> assertEquals(Optional.of("a"), next()));
    request.join();
    assertEquals(Optional.of("a"), next());
  }

  @Test
  void aRequestThatBeginsAnewMayHaveItAgain() {
    assertEquals(Optional.of("a"), next());
    reservations.begin();
    assertEquals(Optional.of("a"), next());
  }

  @Test
  void whatIsStoredIsTakenForGood() {
    assertEquals(Optional.of("b"), reservations.first(Stream.of("a", "b"), () -> Set.of("a")));
  }

  private Optional<String> next() {
    return reservations.first(Stream.of("a", "b"), Set::of);
  }
}
