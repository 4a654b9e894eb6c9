package io.jkube.cli.print.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML as kubectl's users know it. */
final class YamlTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.5", "0x1f", "true", "no", "null", "~", "2026-01-02", "1:30"})
  void textThatLooksLikeSomethingElseIsQuoted(String text) {
    assertEquals("a: \"" + text + "\"\n", YamlText.of(Json.object().put("a", text)));
  }

  @Test
  void keysAreSortedAndListsNotIndented() {
    var object = Json.object().put("b", 1);
    object.putArray("a").add("x").add(Json.object().put("k", true));
    object.putObject("c");
    object.putArray("d");
    assertEquals("a:\n- x\n- k: true\nb: 1\nc: {}\nd: []\n", YamlText.of(object));
  }

  @Test
  void longLinesAreFoldedAndLinesKept() {
    var words = "word ".repeat(20).strip();
    assertEquals(
        "a: " + "word ".repeat(16).strip() + "\n  " + "word ".repeat(4).strip() + "\n",
        YamlText.of(Json.object().put("a", words)));
    assertEquals("a: |\n  b\n  c\n", YamlText.of(Json.object().put("a", "b\nc\n")));
  }

  @Test
  void kyamlQuotesWhatIsTextAndLeavesNothingToIndentation() {
    var object = Json.object().put("no", "yes").put("lines", "a\n b\n");
    object.putArray("list").add(Json.object().put("k", 1)).add(Json.object());
    assertEquals(
        """
        {
          lines: "\\
             a\\n\\
            \\ b\\n\\
            ",
          list: [{
            k: 1,
          }, {}],
          "no": "yes",
        }""",
        KyamlText.of(object));
  }
}
