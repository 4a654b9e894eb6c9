package io.jkube.cli.print.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.testing.ScriptedApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates over one small object. */
final class GoTemplateTest {
  private static final ObjectNode OBJECT =
      ScriptedApi.object(
          """
          {'kind': 'List', 'labels': {'b': 'y', 'a': 'x'}, 'secret': 'aGVsbG8=', 'items': [
            {'name': 'a', 'size': 1}, {'name': 'b', 'size': 2}]}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{.kind}}                                         | List",
        "<{{- .kind -}} >                                  | <List>",
        "{{/* nothing */}}{{.labels}}                      | map[a:x b:y]",
        "{{.nothing}}                                      | <no value>",
        "{{range .items}}{{.name}}{{end}}                  | ab",
        "{{range $i, $e := .items}}{{$i}}{{$e.name}}{{end}} | 0a1b",
        "{{range $k, $v := .labels}}{{$k}}={{$v}};{{end}}  | a=x;b=y;",
        "{{range .nothing}}x{{else}}none{{end}}            | none",
        "{{if eq .kind \"List\"}}yes{{else}}no{{end}}      | yes",
        "{{with .labels}}{{.a}}{{end}}                     | x",
        "{{len .items}} {{index .items 1}}                 | 2 map[name:b size:2]",
        "{{printf \"%s-%03d\" .kind 7}}                    | List-007",
        "{{base64decode .secret}}                          | hello",
        "{{$x := 1}}{{$x = 2}}{{$x}}                       | 2",
        "{{define \"t\"}}[{{.}}]{{end}}{{template \"t\" .kind}} | [List]",
        "{{and .kind .nothing}} {{or .nothing .kind}}      | <no value> List",
        "{{not .nothing}} {{gt 2 1}} {{html \"<&>\"}}      | true true &lt;&amp;&gt;"
      })
  void prints(String template, String expected) {
    assertEquals(expected, GoTemplate.parse(template, true).print(OBJECT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{.kind           | 1: unclosed action",
        "{{end}}           | 1: unexpected {{end}}",
        "{{range .items}}  | 1: unexpected EOF",
        "{{if}}{{end}}     | 1: missing value for if",
        "{{nothing .kind}} | 1: function \"nothing\" not defined"
      })
  void refuses(String template, String message) {
    assertEquals(
        message,
        assertThrows(TemplateException.class, () -> GoTemplate.parse(template, true)).getMessage());
  }

  @Test
  void saysInWhichLine() {
    var unreadable =
        assertThrows(TemplateException.class, () -> GoTemplate.parse("a\nb\n{{nothing}}", true));
    assertEquals("3: function \"nothing\" not defined", unreadable.getMessage());
  }

  @Test
  void aMissingKeyMayBeAnError() {
    var strict = GoTemplate.parse("{{.nothing}}", false);
    assertEquals(
        "map has no entry for key \"nothing\"",
        assertThrows(TemplateException.class, () -> strict.print(OBJECT)).getMessage());
  }
}
