package io.jkube.api.jsonpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.testing.ScriptedApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates over one small object. */
final class JsonPathTest {
  private static final ObjectNode OBJECT =
      ScriptedApi.object(
          """
          {'kind': 'List', 'labels': {'app': 'web', 'a.b': 'dotted'}, 'none': null, 'items': [
            {'name': 'a', 'size': 1, 'on': true, 'ports': [80, 81]},
            {'name': 'b', 'size': 2.5, 'on': false, 'ports': []},
            {'name': 'c', 'size': 10}]}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain                                         | plain",
        "{.kind}                                       | List",
        "{$.kind}-{@.labels.app}                       | List-web",
        "{.labels}                                     | {\"a.b\":\"dotted\",\"app\":\"web\"}",
        "{.labels.a\\.b}                               | dotted",
        "{['labels']['app']}                           | web",
        "{.items[*].name}                              | a b c",
        "{.items[0].name}                              | a",
        "{.items[-1].name}                             | c",
        "{.items[0:2].name}                            | a b",
        "{.items[::2].name}                            | a c",
        "{.items[0,2].name}                            | a c",
        "{.items[*]['name','size']}                    | a b c 1 2.5 10",
        "{.items[?(@.size>1)].name}                    | b c",
        "{.items[?(@.name==\"b\")].size}               | 2.5",
        "{.items[?(@.on)].name}                        | a b",
        "{.items[?(@.on==true)].name}                  | a",
        "{.items[?(@.name!='a')].name}                 | b c",
        "{.items[0].ports[1]}                          | 81",
        "{range .items[*]}<{.name}>{end}               | <a><b><c>",
        "{range .items[*]}{range .ports[*]}{@},{end};{end} | 80,81,;;;",
        "{\"a\\tb\"}                                   | a\tb",
        "{.nothing}                                    | ''"
      })
  void finds(String template, String expected) {
    assertEquals(expected, JsonPath.parse(template, true).print(OBJECT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{.items[*            | unterminated array",
        "{.kind               | unclosed action",
        "{\"a}                | unterminated quoted string",
        "{.items[x]}          | invalid array index x",
        "{.items[?(@.a==1)}   | unclosed array expect ]",
        "{range .items[*]}    | unclosed range: {end} is missing",
        "{nothing}            | unrecognized identifier nothing"
      })
  void refuses(String template, String message) {
    assertEquals(
        message,
        assertThrows(JsonPathException.class, () -> JsonPath.parse(template, true)).getMessage());
  }

  @Test
  void whatIsMissingMayBeAnError() {
    var strict = JsonPath.parse("{.nothing}", false);
    assertEquals(
        "nothing is not found",
        assertThrows(JsonPathException.class, () -> strict.print(OBJECT)).getMessage());
    var beyond = JsonPath.parse("{.items[7].name}", true);
    assertEquals(
        "array index out of bounds: index 7, length 3",
        assertThrows(JsonPathException.class, () -> beyond.print(OBJECT)).getMessage());
  }

  @Test
  void relaxedPathsNeedNeitherBracesNorDot() {
    for (var path : new String[] {"kind", ".kind", "{kind}", "{.kind}"}) {
      assertEquals("{.kind}", JsonPath.relaxed(path));
    }
    assertThrows(JsonPathException.class, () -> JsonPath.relaxed("{.kind"));
  }
}
