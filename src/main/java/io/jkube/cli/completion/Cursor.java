package io.jkube.cli.completion;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What stands where the cursor is, and what was typed before it.
 *
 * @param arguments those before the cursor that are neither flags nor their values
 * @param namespace the value of {@code -n}; empty when it was not typed
 * @param given the flags before the cursor
 */
record Cursor(Spot spot, List<String> arguments, String namespace, Set<OptionSpec> given) {
  Cursor {
    arguments = List.copyOf(arguments);
    given = Set.copyOf(given);
  }

  /** What is being typed. */
  sealed interface Spot {
    /** The name of a flag. */
    record FlagName(String typed) implements Spot {}

    /**
     * The value of a flag.
     *
     * @param prefix of the same word, before the value, such as {@code --output=}
     */
    record FlagValue(OptionSpec option, String prefix, String typed) implements Spot {}

    /** An argument, the next one after those before the cursor. */
    record Argument(String typed) implements Spot {}

    /** Something behind {@code --}: it belongs to another program. */
    record Foreign() implements Spot {}
  }
}
