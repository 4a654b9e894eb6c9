package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.names;
import static io.jkube.apiserver.TestServer.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.StatusReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which state a list shows by its parameters, and how pages of it hang together. */
@Timeout(60)
final class ListSemanticsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TEMPLATES = "/api/v1/namespaces/default/podtemplates";
  private static final TestServer SERVER = new TestServer();

  /** Revisions at which there were the maps a; a and b; a, b and c. */
  private static String one;

  private static String two;
  private static String three;

  @BeforeAll
  static void fill() {
    one = SERVER.configMap("a", "x");
    two = SERVER.configMap("b", "x");
    three = SERVER.configMap("c", "x");
  }

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String query(String template) {
    return MAPS + "?" + template.replace("ONE", one).replace("TWO", two).replace("THREE", three);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=y | a b c | false",
        "limit=2 | a b | true",
        "limit=-1 | a b c | false",
        "limit=3 | a b c | false",
        "resourceVersion=0 | a b c | false",
        "resourceVersion=0&limit=2 | a b c | false",
        "resourceVersion=0&resourceVersionMatch=NotOlderThan&limit=2 | a b c | false",
        "resourceVersion=TWO | a b c | false",
        "resourceVersion=TWO&limit=1 | a | true",
        "resourceVersion=ONE&limit=2 | a | false",
        "resourceVersion=TWO&resourceVersionMatch=Exact | a b | false",
        "resourceVersion=TWO&resourceVersionMatch=Exact&limit=1 | a | true",
        "resourceVersion=TWO&resourceVersionMatch=NotOlderThan | a b c | false",
        "resourceVersion=TWO&resourceVersionMatch=NotOlderThan&limit=2 | a b | true",
      })
  void showsTheStateThatIsMeant(String parameters, String names, boolean more) {
    var list = SERVER.get(query(parameters));
    assertEquals(List.of(names.split(" ")), names(list));
    assertEquals(more, list.get("metadata").has("continue"));
    assertEquals(more, list.get("metadata").has("remainingItemCount"));
    boolean exact = parameters.contains("Exact");
    assertTrue(Long.parseLong(version(list)) >= Long.parseLong(exact ? two : one));
    assertTrue(!exact || version(list).equals(two), version(list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resourceVersionMatch=Exact | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
        "resourceVersionMatch=Exact&resourceVersion=0 | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
        "resourceVersionMatch=Odd&resourceVersion=1 | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Unsupported value: \"Odd\": supported values: \"Exact\", \"NotOlderThan\", \"\"",
        "resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=x | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided",
        "sendInitialEvents=true | ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
        "resourceVersion=x | resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax",
        "resourceVersion=-1 | resourceVersion: Invalid value: \"-1\": strconv.ParseUint: parsing \"-1\": invalid syntax",
        "limit=x | strconv.ParseInt: parsing \"x\": invalid syntax",
        "continue=x!&resourceVersion=5 | specifying resource version is not allowed when using continue",
        "watch=1&resourceVersionMatch=NotOlderThan | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
        "watch=1&sendInitialEvents=true | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
        "watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&continue=x | ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided",
      })
  void refusesWhatDoesNotGoTogether(String parameters, String message) {
    var refusal = failure(() -> SERVER.watchOrGet(query(parameters)));
    assertEquals(message, refusal.getMessage());
    var wanted = message.contains("is invalid") ? StatusReason.INVALID : StatusReason.BAD_REQUEST;
    assertEquals(wanted, refusal.reason());
  }

  @Test
  void aRevisionThatIsNotThereYetIsATimeoutToTryAgain() {
    for (var match : List.of("Exact", "NotOlderThan")) {
      var refusal =
          failure(
              () -> SERVER.get(query("resourceVersion=99999999&resourceVersionMatch=" + match)));
      assertEquals(StatusReason.TIMEOUT, refusal.reason());
      var status = refusal.status();
      assertEquals(504, status.get("code").asInt());
      var message = status.get("message").asText();
      assertTrue(message.startsWith("Too large resource version: 99999999, current: "), message);
      assertEquals(
          "ResourceVersionTooLarge", status.at("/details/causes/0/reason").asText(), match);
    }
  }

  @Test
  void pagesAreOfOneStateWhateverHappensMeanwhile() {
    fillTemplates("page", 7);
    var list = TEMPLATES + "?labelSelector=of%3Dpage&limit=3";
    var seen = new ArrayList<String>();
    var first = SERVER.get(TEMPLATES + "?limit=3");
    assertEquals(4, first.at("/metadata/remainingItemCount").asInt());
    var page = SERVER.get(list);
    var revision = version(page);
    SERVER.delete(TEMPLATES + "/page-5");
    template("page", "late");
    seen.addAll(names(page));
    while (page.get("metadata").has("continue")) {
      assertEquals(3, names(page).size());
      page = SERVER.get(list + "&continue=" + token(page));
      assertEquals(revision, version(page));
      seen.addAll(names(page));
    }
    assertEquals(
        List.of("page-0", "page-1", "page-2", "page-3", "page-4", "page-5", "page-6"), seen);
    SERVER.delete(TEMPLATES + "?labelSelector=of%3Dpage");
    assertTrue(names(SERVER.get(TEMPLATES)).isEmpty());
  }

  @Test
  void pagesOfAStateThatIsForgottenGoOnWithTheNewest() {
    fillTemplates("old", 7);
    var first = SERVER.get(TEMPLATES + "?limit=3");
    SERVER.delete(TEMPLATES + "/old-4");
    template("old", "9");
    SERVER.store.compact(SERVER.store.revision());

    var gone = failure(() -> SERVER.get(TEMPLATES + "?limit=3&continue=" + token(first)));
    assertEquals(StatusReason.EXPIRED, gone.reason());
    assertEquals(410, gone.code());
    assertTrue(gone.getMessage().contains("use the continue token in this response"));

    var second = SERVER.get(TEMPLATES + "?limit=3&continue=" + token(gone.status()));
    assertEquals(List.of("old-3", "old-5", "old-6"), names(second));
    assertEquals(1, second.at("/metadata/remainingItemCount").asInt());
    var third = SERVER.get(TEMPLATES + "?limit=3&continue=" + token(second));
    assertEquals(List.of("old-9"), names(third));
    assertEquals(version(second), version(third));
    assertFalse(third.get("metadata").has("continue"));
    SERVER.delete(TEMPLATES + "?labelSelector=of%3Dold");
  }

  @Test
  void anExactStateThatIsForgottenIsGone() {
    SERVER.configMap("z", "x");
    SERVER.delete(MAPS + "/z");
    try (var other = new TestServer()) {
      var revision = other.configMap("a", "x");
      other.configMap("b", "x");
      other.store.compact(other.store.revision());
      var exact = MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + revision;
      var gone = failure(() -> other.get(exact));
      assertEquals("The resourceVersion for the provided list is too old.", gone.getMessage());
      assertEquals(StatusReason.EXPIRED, gone.reason());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!! | invalid continue token: continue key is not valid: ",
        "e30 | invalid continue token: continue key is not valid: server does not recognize",
        "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MCwic3RhcnQiOiJhXHUwMDAwIn0 | invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
        "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NX0 | invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)",
      })
  void aTokenThatIsNoneIsRefused(String token, String message) {
    var refusal = failure(() -> SERVER.get(MAPS + "?limit=1&continue=" + token));
    assertEquals(StatusReason.BAD_REQUEST, refusal.reason());
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  private static String token(ObjectNode listOrStatus) {
    return listOrStatus.at("/metadata/continue").asText();
  }

  private static void fillTemplates(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      template(prefix, Integer.toString(i));
    }
  }

  private static void template(String prefix, String suffix) {
    var object =
        "{'metadata':{'name':'%s-%s','labels':{'of':'%s'}},'template':{'spec':{'containers':"
            + "[{'name':'a','image':'a:1'}]}}}";
    SERVER.post(TEMPLATES, object.formatted(prefix, suffix, prefix));
  }
}
