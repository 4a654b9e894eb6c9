package io.jkube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.cli.testing.Offline;
import io.jkube.cli.testing.ScriptedApi;
import io.jkube.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The help of every command, and what is said of words and flags that are none. */
final class HelpGoldenTest {
  @TestFactory
  Stream<DynamicTest> helpOfEveryCommand() {
    return paths(CommandTree.WORDS, List.of())
        .map(
            path ->
                DynamicTest.dynamicTest(
                    String.join(" ", path),
                    () -> {
                      var words = new ArrayList<>(path);
                      words.add("--help");
                      Golden.check("cli/help/" + String.join("-", path) + ".txt", said(words));
                    }));
  }

  private static Stream<List<String>> paths(List<Word> words, List<String> above) {
    return words.stream()
        .filter(word -> !word.summary().isEmpty())
        .flatMap(
            word -> {
              var path = new ArrayList<>(above);
              path.add(word.name());
              return Stream.concat(Stream.of(path), paths(word.below(), path));
            });
  }

  @Test
  void theOverview() throws Exception {
    Golden.check("cli/help/overview.txt", said(List.of("help")));
    assertEquals(said(List.of("help")), said(List.of()));
    assertEquals(said(List.of("help")), said(List.of("--help")));
  }

  @Test
  void helpIsAskedForInThreeWays() {
    assertEquals(said(List.of("create", "pod", "--help")), said(List.of("help", "create", "pod")));
    assertEquals(said(List.of("create", "pod", "--help")), said(List.of("create", "po", "-h")));
  }

  @Test
  void whatIsWrongAndWhatMayHaveBeenMeant() throws Exception {
    var all = new StringBuilder();
    for (var line :
        List.of(
            "gte pods",
            "get pods --namspace dev",
            "get pods --selectr=a=b",
            "get pods -x",
            "get pods --nothing-like-it",
            "get pods -n",
            "get pods --chunk-size two",
            "delete pod web --wait=maybe",
            "delete pod web --timeout soon",
            "create pod",
            "create pod web",
            "create pdo web",
            "create secret",
            "create secret generik",
            "trace",
            "trace node a",
            "--nothing",
            "version now")) {
      all.append("$ jkube ").append(line).append('\n').append(said(List.of(line.split(" "))));
    }
    Golden.check("cli/wrong.txt", all.toString());
  }

  private static String said(List<String> words) {
    var said = new Offline(new ScriptedApi()).run(words);
    return said.stdout() + said.stderr();
  }
}
