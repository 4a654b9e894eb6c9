package io.jkube.cli.command;

/**
 * What the user sits at.
 *
 * @param columns 0 where unknown, as is {@code rows}
 */
public record Terminal(
    int columns, int rows, boolean inIsTerminal, boolean outIsTerminal, boolean errIsTerminal) {
  /** Pipes and files only. */
  public static final Terminal NONE = new Terminal(0, 0, false, false, false);
}
