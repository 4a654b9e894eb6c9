package io.jkube.cli;

import io.jkube.cli.client.Client;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.Commands;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs a command line: finds the command, fills in its fields, runs it, words its failure. */
public final class Cli implements Commands {
  /** Runs the command line of this process. */
  public static int run(String[] typed) {
    var arguments = meant(List.of(typed)).toArray(String[]::new);
    var line = CommandLineWords.of(CommandTree.WORDS, List.of(arguments));
    if (line.place() == Word.Place.SERVER && !line.wantsHelp()) {
      int code = ThisProcess.askServer(arguments);
      if (code != Client.NOT_REACHED) {
        return code;
      }
    }
    return new Cli().run(List.of(arguments), ThisProcess.context(arguments, line.place()));
  }

  /**
   * {@code jkube delete [cluster] [--name NAME]} deletes a cluster, {@code jkube delete TYPE ...}
   * or {@code -f} deletes objects.
   */
  static List<String> meant(List<String> typed) {
    if (typed.isEmpty() || !typed.getFirst().equals("delete")) {
      return typed;
    }
    var next = typed.size() == 1 ? "" : typed.get(1);
    boolean cluster = next.equals("cluster");
    if (!next.isEmpty() && !cluster && !next.equals("--name") && !next.startsWith("--name=")) {
      return typed;
    }
    var meant = new ArrayList<>(typed.subList(cluster ? 2 : 1, typed.size()));
    meant.addFirst(CommandTree.DELETE_CLUSTER);
    return meant;
  }

  @Override
  public int run(List<String> arguments, CommandContext context) {
    var line = CommandLineWords.of(CommandTree.WORDS, arguments);
    try {
      return line.word().isEmpty() ? noCommand(line, context) : run(line, context);
    } catch (CommandFailure failure) {
      context.err().print(FailureText.of(failure));
      return failure.exitCode();
    } catch (InterruptedException interrupted) {
      return ExitCode.INTERRUPTED;
    } catch (RuntimeException failure) {
      context.err().print(FailureText.of(failure));
      return ExitCode.FAILED;
    } finally {
      context.out().flush();
      context.err().flush();
    }
  }

  private static int run(CommandLineWords line, CommandContext context)
      throws InterruptedException {
    var word = line.word().orElseThrow();
    var command = word.command().get();
    var parser = Specs.of(command, line);
    if (line.wantsHelp()) {
      Help.print(parser, word, context);
      return ExitCode.OK;
    }
    try {
      parser.parseArgs(line.rest().toArray(String[]::new));
    } catch (CommandLine.ParameterException wrong) {
      context.err().print(UsageErrors.text(wrong, line));
      return ExitCode.FAILED;
    }
    return command.run(context);
  }

  private static int noCommand(CommandLineWords line, CommandContext context) {
    if (line.rest().isEmpty() || line.wantsHelp()) {
      context.out().print(Help.overview(CommandTree.WORDS));
      return ExitCode.OK;
    }
    context.err().print(UsageErrors.unknownCommand(line, CommandTree.WORDS));
    return ExitCode.FAILED;
  }
}
