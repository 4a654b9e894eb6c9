package io.jkube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {
  private static final Map<String, String> FIELDS =
      Map.of("metadata.name", "web", "status.phase", "Running", "odd", "a,b=c\\d");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                       | true",
        "metadata.name=web                        | true",
        "metadata.name==web                       | true",
        "metadata.name=api                        | false",
        "metadata.name!=api                       | true",
        "metadata.name!=web                       | false",
        "spec.nodeName=                           | true",
        "spec.nodeName!=                          | false",
        "status.phase=Running,metadata.name=web   | true",
        "status.phase=Running,,metadata.name=api  | false",
        "odd=a\\,b\\=c\\\\d                       | true",
      })
  void matchesFields(String selector, boolean expected) {
    var parsed = FieldSelector.parse(selector);
    assertEquals(expected, parsed.matches(FIELDS));
    assertEquals(parsed, FieldSelector.parse(parsed.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a=b,c    | invalid selector: 'a=b,c'; can't understand 'c'",
        "a=b=c    | invalid field selector: unescaped character in value: 61",
        "a=b\\c   | invalid field selector: invalid escape sequence: \\c",
        "a=b\\    | invalid field selector: invalid escape sequence: \\",
      })
  void saysWhatItCannotParse(String selector, String message) {
    var failure = assertThrows(ApiException.class, () -> FieldSelector.parse(selector));
    assertEquals(message, failure.getMessage());
    assertEquals(StatusReason.BAD_REQUEST, failure.reason());
  }

  @Test
  void tellsItsFieldsAndTheOneValueItAsksFor() {
    var selector = FieldSelector.parse("b!=x,a=y");
    assertEquals("a=y,b!=x", selector.toString());
    assertEquals(List.of("a", "b"), selector.fields());
    assertEquals(Optional.of("y"), selector.exactMatch("a"));
    assertEquals(Optional.empty(), selector.exactMatch("b"));
    assertTrue(FieldSelector.EVERYTHING.isEverything());
  }
}
