package io.jkube.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in a real bash, which cuts the line into COMP_WORDS as it does at a prompt. In place
 * of jkube stands a program that notes what it is asked and gives the answer the test wants.
 */
final class BashScriptTest {
  private static final long LIMIT_SECONDS = 30;

  @TempDir Path folder;

  @BeforeEach
  void standIn() throws IOException {
    var program = folder.resolve("jkube");
    Files.writeString(
        program,
        """
        #!/bin/sh
        printf '[%s]' "$@" > "${0%/*}/asked"
        echo 'complaint' >&2
        cat "${0%/*}/answer"
        """);
    Assertions.assertTrue(program.toFile().setExecutable(true));
    answer("");
  }

  @Test
  void knowsTheCommandsWithoutAsking() throws Exception {
    assertEquals("start stop status", complete("jkube", "st"));
    assertEquals("", asked());
  }

  @Test
  void asksForTheRestAndLeavesDescriptionsOut() throws Exception {
    answer("web\tPod\nworker\tPod\n");
    assertEquals("web worker", complete("jkube", "get", "pods", "w"));
    assertEquals("[__complete][get][pods][w]", asked());
  }

  @Test
  void theWordAtTheCursorMayBeEmpty() throws Exception {
    answer("default\n");
    assertEquals("default", complete("jkube", "get", "-n", ""));
    assertEquals("[__complete][get][-n][]", asked());
  }

  @Test
  void joinsWhatBashCutsAndCompletesOnlyTheLastPiece() throws Exception {
    answer("--output=json\n--output=jsonpath=\n");
    assertEquals("json jsonpath=", complete("jkube", "get", "pods", "--output", "=", "js"));
    assertEquals("[__complete][get][pods][--output=js]", asked());
    assertEquals("json jsonpath=", complete("jkube", "get", "pods", "--output", "="));
    assertEquals("[__complete][get][pods][--output=]", asked());
    complete("jkube", "create", "pod", "--image", "busybox", ":", "1.36", "--restart", "=", "Ne");
    assertEquals("[__complete][create][pod][--image][busybox:1.36][--restart=Ne]", asked());
  }

  @Test
  void putsNoBlankWhereMoreFollows() throws Exception {
    answer("configmaps/\n");
    assertEquals("configmaps/ (-o nospace)", complete("jkube", "get", "pod/web", "conf"));
  }

  @Test
  void leavesNamesOfFilesToBash() throws Exception {
    answer(":files\n");
    assertEquals("(-o default)", complete("jkube", "create", "-f", "po"));
  }

  @Test
  void isQuietWhenJkubeFails() throws Exception {
    Files.delete(folder.resolve("answer"));
    assertEquals("", complete("jkube", "get", "pods", ""));
  }

  @Test
  void aLineWithBlanksInWordsStaysWhole() throws Exception {
    complete("jkube", "get", "pods", "-l", "'a in (b)'", "");
    assertEquals("[__complete][get][pods][-l]['a in (b)'][]", asked());
  }

  /** What bash would offer at the end of this line, and the options the script set. */
  private String complete(String... pieces) throws Exception {
    var words = new StringBuilder();
    for (var piece : pieces) {
      words.append(" \"").append(piece).append('"');
    }
    // compopt works only while bash itself completes; here it notes what it was told.
    var session =
        """
        compopt() { options+=" ($*)"; }
        source completions/jkube.bash
        COMP_WORDS=(%s) COMP_CWORD=%d options=
        $(complete -p jkube | sed 's/.*-F \\([^ ]*\\) .*/\\1/') "%s" "" ""
        line="${COMPREPLY[*]}$options"
        echo "${line# }"
        """
            .formatted(words, pieces.length - 1, folder.resolve("jkube"));
    var err = folder.resolve("err");
    var bash =
        new ProcessBuilder(List.of("bash", "--norc", "-u", "-c", session))
            .redirectError(err.toFile())
            .start();
    bash.getOutputStream().close();
    var out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertTrue(bash.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertEquals("", Files.readString(err));
    return out.strip();
  }

  private void answer(String text) throws IOException {
    Files.writeString(folder.resolve("answer"), text);
  }

  private String asked() throws IOException {
    var file = folder.resolve("asked");
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
