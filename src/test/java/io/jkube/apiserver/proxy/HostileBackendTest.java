package io.jkube.apiserver.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ApiException;
import io.jkube.testing.Hostile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What pods answer through a proxy, and what clients ask it for. */
final class HostileBackendTest {
  private final Hostile hostile = new Hostile(80);

  @Test
  void heads() {
    hostile.bytes(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\nA:b\r\n\r\nabc"
            .getBytes(StandardCharsets.US_ASCII),
        bytes -> ResponseHead.read(new ByteArrayInputStream(bytes)),
        IOException.class);
  }

  @Test
  void names() {
    hostile.text(
        "https:web-0:8443",
        text -> ProxyName.number(ProxyName.parse("pod", text).port()),
        ApiException.class);
  }

  /** Nothing leads out of what the backend serves. */
  @Test
  void paths() {
    hostile.text(
        "/api/v1/namespaces/a/pods/b/proxy/c/../d//e/%2e%2e/f",
        text -> {
          var path = ProxyPath.of(text);
          if (path != null) {
            assertFalse(("/" + path.rest() + "/").contains("/../"), text);
            assertTrue(path.encoded().chars().allMatch(each -> each > 0x20 && each < 0x7f), text);
          }
        },
        ApiException.class);
  }
}
