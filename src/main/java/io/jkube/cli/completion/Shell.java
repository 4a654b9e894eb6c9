package io.jkube.cli.completion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shell that completes jkube's commands. Its script knows the commands themselves, which need no
 * process to look up, and asks {@code jkube __complete} for everything else.
 */
enum Shell {
  BASH("jkube.bash") {
    @Override
    String list(List<Suggestion> commands) {
      return commands.stream().map(Suggestion::value).collect(Collectors.joining(" "));
    }
  },
  ZSH("_jkube") {
    @Override
    String list(List<Suggestion> commands) {
      return commands.stream()
          .map(each -> "    '" + each.value() + ":" + quoted(each.description()) + "'")
          .collect(Collectors.joining("\n"));
    }
  },
  FISH("jkube.fish") {
    @Override
    String list(List<Suggestion> commands) {
      return commands.stream()
          .map(
              each ->
                  "    printf '%s\\t%s\\n' "
                      + each.value()
                      + " '"
                      + quoted(each.description())
                      + "'")
          .collect(Collectors.joining("\n"));
    }
  };

  private static final String COMMANDS = "@COMMANDS@";

  private final String file;

  Shell(String file) {
    this.file = file;
  }

  /** The name of the script, as the shell's folder of completions wants it. */
  String file() {
    return file;
  }

  String script(Grammar grammar) {
    return template().replace(COMMANDS, list(grammar.commands()));
  }

  /** The commands, as the script holds them. */
  abstract String list(List<Suggestion> commands);

  private static String quoted(String text) {
    return text.replace("'", "’");
  }

  private String template() {
    try (var template = Shell.class.getResourceAsStream("/completion/" + file)) {
      return new String(template.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("reading the template of " + file, broken);
    }
  }
}
