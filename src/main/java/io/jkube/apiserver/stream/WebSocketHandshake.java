package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.RawRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The opening of RFC 6455. */
final class WebSocketHandshake {
  private static final String SUPPORTED_VERSION = "13";
  private static final int KEY_BYTES = 16;

  /** What RFC 6455 puts behind the client's key. */
  private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketHandshake() {}

  /** The subprotocols that the client knows, dearest first. */
  static List<String> offered(RawRequest request) {
    return request.words("Sec-WebSocket-Protocol");
  }

  static ApiException unsupported(List<String> offered) {
    return ApiException.badRequest("requested protocol(s) are not supported: " + offered);
  }

  /**
   * The headers of the answer.
   *
   * @param protocol empty for none
   */
  static Map<String, String> accept(RawRequest request, String protocol) {
    if (!request.header("Sec-WebSocket-Version").equals(SUPPORTED_VERSION)) {
      throw ApiException.badRequest("the version of the WebSocket protocol must be 13");
    }
    var key = request.header("Sec-WebSocket-Key");
    if (!isKey(key)) {
      throw ApiException.badRequest("Sec-WebSocket-Key must be 16 bytes in Base64");
    }
    var headers = new HashMap<String, String>();
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Accept", digest(key));
    if (!protocol.isEmpty()) {
      headers.put("Sec-WebSocket-Protocol", protocol);
    }
    return headers;
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static String digest(String key) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      var bytes = (key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(sha1.digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }
}
