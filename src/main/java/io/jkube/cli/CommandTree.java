package io.jkube.cli;

import io.jkube.cli.version.Version;
import java.util.List;

/** Every command of jkube, in the order of the help. A new one is one file and one line here. */
final class CommandTree {
  static final List<Word> WORDS =
      List.of(Word.of("version", "Print the versions of client and server", Version::new));

  private CommandTree() {}
}
