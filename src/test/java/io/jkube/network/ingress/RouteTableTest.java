package io.jkube.network.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.network.proxy.Backend;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteTableTest {
  @ParameterizedTest
  @CsvSource({
    // The table of the documentation of Ingress, "Examples".
    "Prefix, /, /any/path, true",
    "Exact, /foo, /foo, true",
    "Exact, /foo, /bar, false",
    "Exact, /foo, /foo/, false",
    "Exact, /foo/, /foo, false",
    "Prefix, /foo, /foo, true",
    "Prefix, /foo, /foo/, true",
    "Prefix, /foo/, /foo, true",
    "Prefix, /foo/, /foo/, true",
    "Prefix, /aaa/bb, /aaa/bbb, false",
    "Prefix, /aaa/bbb, /aaa/bbb, true",
    "Prefix, /aaa/bbb/, /aaa/bbb, true",
    "Prefix, /aaa/bbb, /aaa/bbb/, true",
    "Prefix, /aaa/bbb, /aaa/bbb/ccc, true",
    "Prefix, /aaa/bbb, /aaa/bbbxyz, false",
    "Prefix, /foo, /Foo, false",
    "ImplementationSpecific, '', /any, true",
    "ImplementationSpecific, /foo, /foo/bar, true",
    "ImplementationSpecific, /foo, /foobar, false",
  })
  void pathsAreMatchedByElements(String type, String rule, String asked, boolean matches) {
    assertEquals(matches, PathPattern.of(rule, type).matches(asked));
  }

  @Test
  void theLongestPathWinsThenTheExactOneThenTheOldest() {
    var table =
        table(
            ingress("b", "2026-01-02", rule("", "/", "Prefix", "newer")),
            ingress("a", "2026-01-03", rule("", "/a/b", "Exact", "exact")),
            ingress(
                "c",
                "2026-01-01",
                rule("", "/", "Prefix", "root"),
                rule("", "/a", "Prefix", "a"),
                rule("", "/a/b", "Prefix", "ab")));
    assertEquals("root", found(table, "any", "/x"));
    assertEquals("a", found(table, "any", "/a/c"));
    assertEquals("exact", found(table, "any", "/a/b"));
    assertEquals("ab", found(table, "any", "/a/b/c"));
  }

  @Test
  void theVeryHostGoesBeforeItsDomainBeforeAll() {
    var table =
        table(
            ingress(
                "a",
                "2026-01-01",
                rule("foo.bar.com", "/deep", "Prefix", "host"),
                rule("*.bar.com", "/", "Prefix", "wild"),
                rule("", "/", "Prefix", "all")));
    assertEquals("host", found(table, "foo.bar.com", "/deep"));
    assertEquals("host", found(table, "FOO.bar.com.", "/deep/er"));
    assertEquals("wild", found(table, "foo.bar.com", "/else"));
    assertEquals("wild", found(table, "x.bar.com", "/deep"));
    assertEquals("all", found(table, "y.x.bar.com", "/deep"), "a wildcard is one label");
    assertEquals("all", found(table, "bar.com", "/deep"), "and not none");
    assertTrue(table.knows("x.bar.com"));
    assertFalse(table.knows("y.x.bar.com"));
  }

  @Test
  void aDefaultBackendTakesWhatNoRuleTakes() {
    var own = ingress("a", "2026-01-02", rule("own.com", "/x", "Prefix", "x"));
    own.withObject("/spec").set("defaultBackend", backend("ofHost"));
    var bare = ingress("b", "2026-01-01");
    bare.withObject("/spec").set("defaultBackend", backend("ofAll"));
    var table = table(own, bare);
    assertEquals("x", found(table, "own.com", "/x/y"));
    assertEquals("ofHost", found(table, "own.com", "/y"));
    assertEquals("ofAll", found(table, "other.com", "/x"));
    assertTrue(RouteTable.EMPTY.find("own.com", "/").isEmpty());
  }

  private static String found(RouteTable table, String host, String path) {
    return table.find(host, path).orElseThrow().name();
  }

  private static RouteTable table(ObjectNode... ingresses) {
    return RouteTable.of(Arrays.asList(ingresses), RouteTableTest::destination);
  }

  private static Destination destination(String namespace, JsonNode backend) {
    var name = backend.at("/service/name").asText();
    return new Destination(Speech.HTTP, name, List.of(new Backend("10.0.0.1", 80)), "");
  }

  private static ObjectNode ingress(String name, String made, ObjectNode... rules) {
    var ingress = Json.object();
    ingress
        .putObject("metadata")
        .put("name", name)
        .put("namespace", "default")
        .put("creationTimestamp", made + "T00:00:00Z");
    ingress.putObject("spec").putArray("rules").addAll(Arrays.asList(rules));
    return ingress;
  }

  private static ObjectNode rule(String host, String path, String type, String service) {
    var rule = Json.object();
    if (!host.isEmpty()) {
      rule.put("host", host);
    }
    var entry = rule.putObject("http").putArray("paths").addObject();
    entry.put("path", path).put("pathType", type).set("backend", backend(service));
    return rule;
  }

  private static ObjectNode backend(String service) {
    var backend = Json.object();
    backend.putObject("service").put("name", service).putObject("port").put("number", 80);
    return backend;
  }
}
