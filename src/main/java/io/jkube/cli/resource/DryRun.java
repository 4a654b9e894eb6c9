package io.jkube.cli.resource;

import io.jkube.cli.command.CommandFailure;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** {@code --dry-run}: how much of a change really happens. */
public enum DryRun {
  /** All of it. */
  NONE(""),
  /** Nothing: the object is only shown. */
  CLIENT(" (dry run)"),
  /** Everything but storing it. */
  SERVER(" (server dry run)");

  private final String mark;

  DryRun(String mark) {
    this.mark = mark;
  }

  /** What stands behind {@code created} and {@code deleted}. */
  public String mark() {
    return mark;
  }

  /** The parameters of a request that changes something. */
  public Map<String, String> query() {
    return this == SERVER ? Map.of("dryRun", "All") : Map.of();
  }

  /** Reads none, client, server; an empty value is client. */
  public static final class Converter implements ITypeConverter<DryRun> {
    @Override
    public DryRun convert(String text) {
      return switch (text) {
        case "none" -> NONE;
        case "client", "" -> CLIENT;
        case "server" -> SERVER;
        default ->
            throw new CommandFailure(
                "Invalid dry-run value ("
                    + text
                    + "). Must be \"none\", \"server\", or \"client\".");
      };
    }
  }
}
