package io.jkube.cli.completion;

import io.jkube.cli.completion.Cursor.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads an unfinished command line: what picocli, which reads finished ones, does not tell. */
final class CursorReader {
  private final CommandSpec command;
  private final List<String> arguments = new ArrayList<>();
  private final Set<OptionSpec> given = new HashSet<>();
  private String namespace = "";
  private OptionSpec awaitsValue;
  private boolean foreign;

  private CursorReader(CommandSpec command) {
    this.command = command;
  }

  /**
   * @param before the words behind the command, up to the cursor
   * @param typed the word at the cursor
   */
  static Cursor read(CommandSpec command, List<String> before, String typed) {
    var reader = new CursorReader(command);
    before.forEach(reader::word);
    return new Cursor(reader.spot(typed), reader.arguments, reader.namespace, reader.given);
  }

  private void word(String word) {
    if (awaitsValue != null) {
      value(awaitsValue, word);
      awaitsValue = null;
    } else if (foreign || word.equals("-") || !word.startsWith("-")) {
      arguments.add(word);
    } else if (word.equals("--")) {
      foreign = true;
    } else if (word.startsWith("--")) {
      longFlag(word);
    } else {
      shortFlags(word);
    }
  }

  private void longFlag(String word) {
    int equals = word.indexOf('=');
    var option = command.findOption(equals < 0 ? word : word.substring(0, equals));
    if (option == null) {
      return;
    }
    given.add(option);
    if (equals >= 0) {
      value(option, word.substring(equals + 1));
    } else if (needsValue(option)) {
      awaitsValue = option;
    }
  }

  /** {@code -A}, {@code -wA}, {@code -n dev}, {@code -ndev}. */
  private void shortFlags(String word) {
    for (int i = 1; i < word.length(); i++) {
      var option = command.findOption("-" + word.charAt(i));
      if (option == null) {
        return;
      }
      given.add(option);
      if (needsValue(option)) {
        if (i + 1 < word.length()) {
          value(option, word.substring(i + 1));
        } else {
          awaitsValue = option;
        }
        return;
      }
    }
  }

  private void value(OptionSpec option, String value) {
    if (Arrays.asList(option.names()).contains("--namespace")) {
      namespace = value;
    }
  }

  private static boolean needsValue(OptionSpec option) {
    return option.arity().min() > 0;
  }

  private Spot spot(String typed) {
    if (awaitsValue != null) {
      return new Spot.FlagValue(awaitsValue, "", typed);
    }
    if (foreign) {
      return new Spot.Foreign();
    }
    int equals = typed.startsWith("--") ? typed.indexOf('=') : -1;
    if (equals > 0) {
      var option = command.findOption(typed.substring(0, equals));
      return option == null
          ? new Spot.FlagName(typed)
          : new Spot.FlagValue(option, typed.substring(0, equals + 1), typed.substring(equals + 1));
    }
    return typed.startsWith("-") ? new Spot.FlagName(typed) : new Spot.Argument(typed);
  }
}
