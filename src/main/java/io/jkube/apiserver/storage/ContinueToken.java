package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a listing goes on and at which revision: opaque to clients, in upstream's shape. */
record ContinueToken(long revision, String afterKey) {
  private static final String VERSION = "meta.k8s.io/v1";

  String encoded(String prefix) {
    var token =
        Json.object()
            .put("v", VERSION)
            .put("rv", revision)
            .put("start", afterKey.substring(prefix.length()) + "\0");
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
  }

  static ContinueToken parse(String text, String prefix) {
    try {
      var token =
          Json.parse(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
      var start = token.path("start").asText();
      long revision = token.path("rv").asLong();
      boolean sane =
          token.path("v").asText().equals(VERSION) && revision > 0 && start.endsWith("\0");
      if (sane) {
        return new ContinueToken(revision, prefix + start.substring(0, start.length() - 1));
      }
    } catch (IllegalArgumentException | ApiException malformed) {
      throw invalid(malformed.getMessage());
    }
    throw invalid("continue key is not valid: encoded start key or revision missing");
  }

  private static ApiException invalid(String why) {
    return ApiException.badRequest("continue key is not valid: " + why);
  }
}
