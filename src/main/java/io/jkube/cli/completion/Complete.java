package io.jkube.cli.completion;

import io.jkube.api.ApiException;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.completion.Cursor.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** Answers the completion scripts; nobody types it. What it cannot find out it leaves out. */
@CommandLine.Command(description = "What may stand in the place of the last word.")
public final class Complete implements Command {
  private final Grammar grammar;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The command line, unfinished.")
  List<String> words = new ArrayList<>();

  public Complete(Grammar grammar) {
    this.grammar = grammar;
  }

  @Override
  public int run(CommandContext context) {
    var typed = words.isEmpty() ? "" : words.getLast();
    var before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
    var place = grammar.after(before);
    answer(place, typed, context).startingWith(typed).print(context.out());
    return ExitCode.OK;
  }

  private static Answer answer(Grammar.Place place, String typed, CommandContext context) {
    if (place.command().isEmpty()) {
      return place.rest().isEmpty() ? new Answer(place.words(), false) : Answer.NOTHING;
    }
    var command = place.command().get();
    var cursor = CursorReader.read(command, place.rest(), typed);
    return switch (cursor.spot()) {
      case Spot.FlagName _ -> Answer.of(flags(command, cursor, typed));
      case Spot.FlagValue value -> valueOf(value, cursor, context);
      case Spot.Argument _ -> {
        var words = new Answer(cursor.arguments().isEmpty() ? place.words() : List.of(), false);
        yield words.and(argument(command, cursor, typed, context));
      }
      case Spot.Foreign _ -> Answer.FILES;
    };
  }

  /** Those not yet given, unless they may be given again. Short names only for a lone dash. */
  private static Stream<Suggestion> flags(CommandSpec command, Cursor cursor, String typed) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .filter(option -> !cursor.given().contains(option) || option.isMultiValue())
        .flatMap(
            option ->
                Stream.of(option.names())
                    .filter(name -> name.startsWith("--") || !typed.startsWith("--"))
                    .map(name -> new Suggestion(name, description(option))));
  }

  private static String description(OptionSpec option) {
    var text = String.join(" ", option.description()).replace("$$", "$").replace("%n", " ");
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  /** A value may be a list: then only its last part is at the cursor. */
  private static Answer valueOf(Spot.FlagValue spot, Cursor cursor, CommandContext context) {
    var option = spot.option();
    int comma = ",".equals(option.splitRegex()) ? spot.typed().lastIndexOf(',') + 1 : 0;
    var values = new Values(context, cursor);
    var typed = spot.typed().substring(comma);
    var prefix = spot.prefix() + spot.typed().substring(0, comma);
    return quietly(() -> values.of(option, typed)).behind(prefix);
  }

  private static Answer argument(
      CommandSpec command, Cursor cursor, String typed, CommandContext context) {
    int index = cursor.arguments().size();
    for (var parameter : command.positionalParameters()) {
      if (parameter.index().contains(index)) {
        return quietly(() -> new Values(context, cursor).of(parameter, typed));
      }
    }
    return Answer.NOTHING;
  }

  /** Nobody who presses TAB wants to read that the server refuses something, or is not there. */
  private static Answer quietly(Supplier<Answer> question) {
    try {
      return question.get();
    } catch (CommandFailure | ApiException unknown) {
      return Answer.NOTHING;
    }
  }
}
