package io.jkube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "front", "size", "7", "example.com/owner", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | true",
        "app=web                     | true",
        "app==web                    | true",
        "app=api                     | false",
        "app!=api                    | true",
        "app!=web                    | false",
        "none!=web                   | true",
        "app in (api, web)           | true",
        "app in (api)                | false",
        "none in (web)               | false",
        "app notin (api)             | true",
        "app notin (web,api)         | false",
        "none notin (web)            | true",
        "app                         | true",
        "none                        | false",
        "!none                       | true",
        "!app                        | false",
        "size>6                      | true",
        "size>7                      | false",
        "size<8                      | true",
        "app>1                       | false",
        "none<1                      | false",
        "example.com/owner=          | true",
        "example.com/owner           | true",
        "example.com/owner in (,x)   | true",
        "example.com/owner in ()     | true",
        "app=web,tier=front          | true",
        "app=web,tier=back           | false",
        "' app = web , !none '       | true",
        "app in (in,notin,web)       | true",
        "in notin (notin)            | true",
      })
  void matchesLabels(String selector, boolean expected) {
    var parsed = LabelSelector.parse(selector);
    assertEquals(expected, parsed.matches(LABELS));
    assertEquals(expected, parsed.matches(Json.tree(LABELS)));
    assertEquals(expected, LabelSelector.parse(parsed.toString()).matches(LABELS), "as text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a=b=c      | found '=', expected: ',' or 'end of string'",
        "a=b,       | found '', expected: identifier after ','",
        ",a=b       | found ',', expected: !, identifier, or 'end of string'",
        "a=(        | unable to parse requirement: found '(', expected: identifier",
        "!=b        | found '!=', expected: !, identifier, or 'end of string'",
        "!          | unable to parse requirement: found '', expected: identifier",
        "!a=b       | found '=', expected: ',' or 'end of string'",
        "a b        | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a in b     | unable to parse requirement: found 'b' expected: '('",
        "a in (b    | unable to parse requirement: found '', expected: ',' or ')'",
        "a in (b=   | unable to parse requirement: found '=', expected: ',' or ')'",
        "a in (=    | unable to parse requirement: found '=', expected: ',', ')' or identifier",
        "a>x        | unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt'"
            + " operators, the value must be an integer",
      })
  void saysWhatItCannotParse(String selector, String message) {
    var failure = assertThrows(ApiException.class, () -> LabelSelector.parse(selector));
    assertEquals(message, failure.getMessage());
    assertEquals(StatusReason.BAD_REQUEST, failure.reason());
  }

  @Test
  void refusesKeysAndValuesThatNoLabelCanHave() {
    assertEquals(
        "unable to parse requirement: <nil>: Invalid value: \"_a\": name part must consist of"
            + " alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        message("_a=b"));
    assertEquals(
        "unable to parse requirement: values[0][app]: Invalid value: \"-x\": a valid label must be"
            + " an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
            + " start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
            + " '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        message("app=-x"));
    assertTrue(message("Bad_Prefix/a").contains("prefix part a lowercase RFC 1123 subdomain must"));
    assertTrue(message("/a").contains("prefix part must be non-empty"));
    assertTrue(message("a/").contains("name part must be non-empty"));
    assertTrue(message("a/b/c").contains("with an optional DNS subdomain prefix and '/'"));
    assertTrue(message("a".repeat(64)).contains("must be no more than 63 bytes"));
    assertTrue(message("a=" + "a".repeat(64)).contains("must be no more than 63 bytes"));
  }

  @Test
  void printsSortedByKey() {
    assertEquals(
        "a in (x,y),b!=c,!d,e", LabelSelector.parse("e, !d, b != c, a in (y,x,y)").toString());
  }

  @Test
  void readsTheObjectForm() {
    var selector =
        object(
            """
            {"matchLabels": {"app": "web"}, "matchExpressions": [
              {"key": "tier", "operator": "In", "values": ["back", "front"]},
              {"key": "app", "operator": "NotIn", "values": ["api"]},
              {"key": "size", "operator": "Exists"},
              {"key": "none", "operator": "DoesNotExist"}]}""");
    assertEquals("app=web,app notin (api),!none,size,tier in (back,front)", selector.toString());
    assertTrue(selector.matches(LABELS));
    assertFalse(selector.matches(Map.of("app", "web")));
  }

  @Test
  void aMissingSelectorSelectsNothingAndAnEmptyOneEverything() {
    assertFalse(LabelSelector.of(Json.object().path("selector")).matches(Map.of()));
    assertFalse(LabelSelector.of(null).matches(LABELS));
    assertTrue(object("{}").matches(LABELS));
    assertTrue(object("{}").isEverything());
    assertFalse(LabelSelector.NOTHING.isEverything());
  }

  @Test
  void refusesAnOperatorItDoesNotKnow() {
    var expression = "{\"matchExpressions\": [{\"key\": \"a\", \"operator\": \"Like\"}]}";
    assertEquals(
        "\"Like\" is not a valid label selector operator",
        assertThrows(ApiException.class, () -> object(expression)).getMessage());
    var empty = "{\"matchExpressions\": [{\"key\": \"a\", \"operator\": \"In\"}]}";
    assertThrows(ApiException.class, () -> object(empty));
  }

  @Test
  void selectsWholeObjects() {
    var pod =
        Json.parse(
            "{\"metadata\": {\"labels\": {\"app\": \"web\"}}}".getBytes(StandardCharsets.UTF_8));
    assertTrue(LabelSelector.parse("app=web").selects(pod));
    assertFalse(LabelSelector.parse("app=web").selects(Json.object()));
    assertTrue(LabelSelector.parse("!app").selects(Json.object()));
  }

  @Test
  void tellsTheOneValueItAsksFor() {
    assertEquals(Optional.of("web"), LabelSelector.parse("app=web").exactMatch("app"));
    assertEquals(Optional.of("web"), LabelSelector.parse("app in (web)").exactMatch("app"));
    assertEquals(Optional.empty(), LabelSelector.parse("app in (a,b)").exactMatch("app"));
    assertEquals(Optional.empty(), LabelSelector.parse("app!=web").exactMatch("app"));
    assertEquals(Optional.empty(), LabelSelector.parse("app=web").exactMatch("tier"));
  }

  private static LabelSelector object(String json) {
    return LabelSelector.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String message(String selector) {
    return assertThrows(ApiException.class, () -> LabelSelector.parse(selector)).getMessage();
  }
}
