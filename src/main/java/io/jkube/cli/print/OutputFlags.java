package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.OpenFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code -o} and what goes with it. */
public final class OutputFlags {
  /** Formats that show all fields; a template shows those it names. */
  private static final Set<String> SHOWN_WHOLE = Set.of("json", "yaml", "kyaml");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      completionCandidates = OutputFormats.class,
      description =
          "wide, name, json, yaml, kyaml, jsonpath=..., jsonpath-file=..., custom-columns=...,"
              + " custom-columns-file=..., go-template=... or go-template-file=...")
  private String format = "";

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "The template, where -o go-template or jsonpath stands without one.")
  private String template = "";

  @Option(
      names = "--allow-missing-template-keys",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "A template may name fields that an object lacks; default: true.")
  private boolean missingAllowed = true;

  @Option(names = "--show-managed-fields", description = "Keep metadata.managedFields.")
  private boolean managedFields;

  /** As if {@code -o} named this format. */
  public static OutputFlags plain(String format) {
    var flags = new OutputFlags();
    flags.format = format;
    return flags;
  }

  /** Whether no format, or {@code wide}, was asked for. */
  public boolean isHuman() {
    return format.isEmpty() && template.isEmpty() || isWide();
  }

  public boolean isWide() {
    return format.equals("wide");
  }

  public boolean isName() {
    return format.equals("name");
  }

  public String format() {
    return format;
  }

  /**
   * The printer of a format that is not for humans.
   *
   * @param headers whether custom columns have them
   * @throws CommandFailure when there is no such format, or its template cannot be read
   */
  public ObjectPrinter printer(CommandContext context, boolean headers) {
    var printer = rawPrinter(context, headers);
    boolean whole = SHOWN_WHOLE.contains(format) && !managedFields;
    return whole ? new WithoutManagedFields(printer) : printer;
  }

  private ObjectPrinter rawPrinter(CommandContext context, boolean headers) {
    int equals = format.indexOf('=');
    var name = equals < 0 ? format : format.substring(0, equals);
    var value = equals < 0 ? template : format.substring(equals + 1);
    return switch (name) {
      case "json" -> new JsonPrinter();
      case "yaml" -> new YamlPrinter();
      case "kyaml" -> new KyamlPrinter();
      case "name" -> new NamePrinter("");
      case "jsonpath" -> new JsonPathPrinter(given(value), missingAllowed);
      case "jsonpath-as-json" -> new JsonPathAsJsonPrinter(given(value), missingAllowed);
      case "jsonpath-file" ->
          new JsonPathPrinter(file("--template", value, context), missingAllowed);
      case "", "go-template", "template" -> new GoTemplatePrinter(given(value), missingAllowed);
      case "go-template-file", "templatefile" ->
          new GoTemplatePrinter(file("--template", value, context), missingAllowed);
      case "custom-columns" -> CustomColumnsPrinter.of(value, headers);
      case "custom-columns-file" ->
          CustomColumnsPrinter.ofTemplate(file("template", value, context), headers);
      default ->
          throw new CommandFailure(
              "unable to match a printer suitable for the output format \""
                  + format
                  + "\", allowed formats are: "
                  + OutputFormats.ALLOWED);
    };
  }

  private static String given(String value) {
    if (value.isEmpty()) {
      throw new CommandFailure("template format specified but no template given");
    }
    return value;
  }

  private static String file(String what, String path, CommandContext context) {
    try {
      return Files.readString(context.path(given(path)));
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "error reading " + what + " " + path + ", " + OpenFailure.text(path, unreadable));
    }
  }

  /** What was created or changed: as asked for by {@code -o}, else in words. */
  public void printResult(CommandContext context, ObjectNode object, String operation) {
    var printer =
        format.isEmpty() && template.isEmpty()
            ? new NamePrinter(operation)
            : printer(context, true);
    printer.print(object, context.out());
  }
}
