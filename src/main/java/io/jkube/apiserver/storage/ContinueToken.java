package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a listing goes on and at which revision: opaque to clients, in upstream's shape.
 *
 * @param revision of the pages before; {@link #NEWEST} to go on with whatever is there now
 */
record ContinueToken(long revision, String afterKey) {
  static final long NEWEST = -1;
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
      if (!token.path("v").asText().equals(VERSION)) {
        throw invalid(": server does not recognize this encoded version " + token.path("v"));
      }
      long revision = token.path("rv").asLong();
      if (revision == 0) {
        throw invalid(": incorrect encoded start resourceVersion (version " + VERSION + ")");
      }
      var start = token.path("start").asText();
      if (!start.endsWith("\0")) {
        throw invalid(": encoded start key empty (version " + VERSION + ")");
      }
      return new ContinueToken(
          Math.max(NEWEST, revision), prefix + start.substring(0, start.length() - 1));
    } catch (IllegalArgumentException malformed) {
      throw invalid(": " + malformed.getMessage());
    }
  }

  private static ApiException invalid(String why) {
    return ApiException.badRequest("invalid continue token: continue key is not valid" + why);
  }
}
