package io.jkube.apiserver.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jkube.api.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyPathTest {
  private static final String POD = "/api/v1/namespaces/default/pods/web:8080/proxy";

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "/,/",
    "/a/b,/a/b",
    "/a/b/,/a/b/",
    "//a//b,/a/b",
    "/../../secrets,/secrets",
    "/a/../..,/",
    "/proxy/a,/proxy/a",
    "/%C3%A4%20b,/%C3%A4%20b",
    "/100%25,/100%25",
    "/a%2Fb%2fc,/a%2Fb%2fc",
    "/a/%2e%2E/b,/b",
    "/a%2F..%2Fb/c,/a%2F..%2Fb/c",
    "/a%3Fb%23c%0d%0a,/a%3Fb%23c%0d%0a",
    "/a+b%2Bc,/a+b%2Bc",
    "/e%CC%81,/e%CC%81",
    "/%E4,/%E4",
    "/\u00e4 [b],/%C3%A4%20%5Bb%5D"
  })
  void theRestIsTheBackends(String rest, String encoded) {
    var path = ProxyPath.of(POD + rest);
    assertEquals(POD, path.prefix());
    assertEquals(encoded, path.encoded());
  }

  @Test
  void malformedPercentsAreRefused() {
    assertThrows(ApiException.class, () -> ProxyPath.of(POD + "/%zz"));
  }

  @Test
  void nodesHaveNoNamespace() {
    assertEquals("/metrics", ProxyPath.of("/api/v1/nodes/n/proxy/metrics").rest());
    assertNull(ProxyPath.of("/api/v1/namespaces/default/pods/web/log"));
    assertNull(ProxyPath.of("/api/v1/namespaces/default/pods/proxy"));
    assertNull(ProxyPath.of("/apis/apps/v1/namespaces/default/deployments/web/proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "web,'',web,''",
    "web:80,'',web,80",
    "https:web:,https,web,''",
    "http:web:a,http,web,a"
  })
  void aNameMayCarrySchemeAndPort(String text, String scheme, String name, String port) {
    assertEquals(new ProxyName(scheme, name, port), ProxyName.parse("pod", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp:web:21", "a:b:c:d", "https::443", ":80"})
  void otherNamesAreRefused(String text) {
    assertThrows(ApiException.class, () -> ProxyName.parse("service", text));
  }
}
