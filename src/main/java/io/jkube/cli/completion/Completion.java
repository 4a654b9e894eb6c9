package io.jkube.cli.completion;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Prints the completion script of a shell. */
@CommandLine.Command(
    description = {
      "Print the script that makes a shell complete commands, flags, kinds and names of objects.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(jkube completion bash)          in this shell; in ~/.bashrc for every one",
      "  jkube completion bash > /etc/bash_completion.d/jkube",
      "  jkube completion zsh > \"$${fpath[1]}/_jkube\"",
      "  jkube completion fish > ~/.config/fish/completions/jkube.fish",
    })
public final class Completion implements Command {
  private final Grammar grammar;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  String shell;

  public Completion(Grammar grammar) {
    this.grammar = grammar;
  }

  @Override
  public int run(CommandContext context) {
    var meant =
        Stream.of(Shell.values())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(shell))
            .findFirst()
            .orElseThrow(
                () -> new CommandFailure("unknown shell \"" + shell + "\": bash, zsh or fish"));
    context.out().print(meant.script(grammar));
    return ExitCode.OK;
  }
}
