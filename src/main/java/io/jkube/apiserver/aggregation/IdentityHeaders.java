package io.jkube.apiserver.aggregation;

import io.jkube.apiserver.request.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headers that tell another server whose request it is. */
final class IdentityHeaders {
  static final String USER = "X-Remote-User";
  static final String UID = "X-Remote-Uid";
  static final String GROUP = "X-Remote-Group";
  static final String EXTRA_PREFIX = "X-Remote-Extra-";

  /** What may stand in the name of a header as it is, beside letters and digits. */
  private static final String HARMLESS = "!#$&'*+-.^_`|~";

  private IdentityHeaders() {}

  static Map<String, List<String>> of(UserInfo user) {
    var headers = new LinkedHashMap<String, List<String>>();
    headers.put(USER, List.of(user.name()));
    if (!user.uid().isEmpty()) {
      headers.put(UID, List.of(user.uid()));
    }
    headers.put(GROUP, user.groups());
    user.extra().forEach((key, values) -> headers.put(EXTRA_PREFIX + escaped(key), values));
    return headers;
  }

  /** Percent-encoded where a header's name may not say it; case does not survive. */
  private static String escaped(String key) {
    var text = new StringBuilder();
    for (var octet : key.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
      int value = octet & 0xff;
      boolean harmless =
          value >= 'a' && value <= 'z'
              || value >= '0' && value <= '9'
              || HARMLESS.indexOf(value) >= 0;
      text.append(harmless ? String.valueOf((char) value) : "%%%02X".formatted(value));
    }
    return text.toString();
  }
}
