package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure.Kind;
import java.util.List;
import java.util.Locale;

/**
 * What a failed pull means. Engines answer 500, or an error in the middle of the progress, with the
 * registry's words: only these tell.
 */
final class PullFailures {
  private static final List<String> UNAUTHORIZED =
      List.of("unauthorized", "authentication required", "no basic auth credentials", "denied");
  private static final List<String> NOT_FOUND =
      List.of("manifest unknown", "not found", "does not exist", "no such image");
  private static final List<String> UNREACHABLE =
      List.of(
          "no such host",
          "connection refused",
          "i/o timeout",
          "timeout exceeded",
          "deadline exceeded",
          "network is unreachable",
          "no route to host",
          "server misbehaving",
          "temporary failure in name resolution",
          "tls handshake",
          "unexpected eof");

  private PullFailures() {}

  static Kind kind(String message) {
    var words = message.toLowerCase(Locale.ROOT);
    if (says(words, UNREACHABLE)) {
      return Kind.UNREACHABLE;
    }
    if (says(words, NOT_FOUND) && !words.contains("pull access denied")) {
      return Kind.NOT_FOUND;
    }
    return says(words, UNAUTHORIZED) ? Kind.UNAUTHORIZED : Kind.REFUSED;
  }

  private static boolean says(String words, List<String> signs) {
    return signs.stream().anyMatch(words::contains);
  }
}
