package io.jkube.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jkube.kubelet.volume.TokenSource.Request;
import io.jkube.kubelet.volume.TokenSource.Token;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a token is asked for anew. */
final class KeptTokensTest {
  private static final Request HOUR = new Request("n", "a", "p", "u", "", 3600);

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private int issued;
  private boolean refuses;
  private final KeptTokens tokens = new KeptTokens(this::issue, () -> now);

  private Optional<Token> issue(Request request) {
    if (refuses) {
      throw new VolumeFailure("no");
    }
    return Optional.of(new Token("t" + ++issued, now.plusSeconds(request.expirationSeconds())));
  }

  private String token(Request request) {
    return tokens.token(request).orElseThrow().value();
  }

  @Test
  void isRenewedAfterFourFifthsOfItsLife() {
    assertEquals("t1", token(HOUR));
    now = now.plusSeconds(2879);
    assertEquals("t1", token(HOUR));
    now = now.plusSeconds(2);
    assertEquals("t2", token(HOUR));
  }

  @Test
  void isRenewedEveryDayHoweverLongItLives() {
    var year = new Request("n", "a", "p", "u", "", 365 * 24 * 3600);
    assertEquals("t1", token(year));
    now = now.plusSeconds(24 * 3600);
    assertEquals("t2", token(year));
  }

  @Test
  void isKeptWhileItIsGoodAndCannotBeRenewed() {
    assertEquals("t1", token(HOUR));
    refuses = true;
    now = now.plusSeconds(3000);
    assertEquals("t1", token(HOUR));
    now = now.plusSeconds(600);
    assertThrows(VolumeFailure.class, () -> token(HOUR));
  }

  @Test
  void everyPodAndAudienceHasItsOwn() {
    assertEquals("t1", token(HOUR));
    assertEquals("t2", token(new Request("n", "a", "p", "other", "", 3600)));
    assertEquals("t3", token(new Request("n", "a", "p", "u", "vault", 3600)));
    assertEquals("t1", token(HOUR));
  }
}
