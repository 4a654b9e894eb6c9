package io.jkube.apiserver;

import io.jkube.apiserver.request.Impersonation;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads whom a request wants to act as off its headers. */
final class ImpersonationHeaders {
  private static final String USER = "Impersonate-User";
  private static final String GROUP = "Impersonate-Group";
  private static final String UID = "Impersonate-Uid";
  private static final String EXTRA = "impersonate-extra-";

  private ImpersonationHeaders() {}

  /** Null when it wants to act as nobody else. */
  static Impersonation of(HttpServletRequest request) {
    var extra = extra(request);
    var groups = Collections.list(request.getHeaders(GROUP));
    var user = request.getHeader(USER);
    var uid = request.getHeader(UID);
    if (user == null && uid == null && groups.isEmpty() && extra.isEmpty()) {
      return null;
    }
    return new Impersonation(user == null ? "" : user, uid == null ? "" : uid, groups, extra);
  }

  private static Map<String, List<String>> extra(HttpServletRequest request) {
    var extra = new HashMap<String, List<String>>();
    for (var name : Collections.list(request.getHeaderNames())) {
      var lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(EXTRA)) {
        var key = URLDecoder.decode(lower.substring(EXTRA.length()), StandardCharsets.UTF_8);
        extra.put(key, Collections.list(request.getHeaders(name)));
      }
    }
    return extra;
  }
}
