package io.jkube.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a selector into words and symbols. */
final class LabelSelectorLexer {
  private static final String SYMBOL_CHARACTERS = "=!(),<>";
  private static final String SPACE_CHARACTERS = " \t\r\n";
  private static final Set<String> TWO_CHARACTER_SYMBOLS = Set.of("==", "!=");

  private final String text;
  private int position;

  LabelSelectorLexer(String text) {
    this.text = text;
  }

  /**
   * @param text as it stands in the selector; empty at its end
   */
  record Token(String text) {
    boolean is(String symbol) {
      return text.equals(symbol);
    }

    boolean isEnd() {
      return text.isEmpty();
    }

    boolean isWord() {
      return !isEnd() && SYMBOL_CHARACTERS.indexOf(text.charAt(0)) < 0;
    }
  }

  /** All tokens; the last is the end. */
  List<Token> tokens() {
    var tokens = new ArrayList<Token>();
    do {
      tokens.add(next());
    } while (!tokens.getLast().isEnd());
    return tokens;
  }

  private Token next() {
    skip(SPACE_CHARACTERS);
    int start = position;
    if (start < text.length() && SYMBOL_CHARACTERS.indexOf(text.charAt(start)) >= 0) {
      int two = Math.min(start + 2, text.length());
      position = TWO_CHARACTER_SYMBOLS.contains(text.substring(start, two)) ? two : start + 1;
    } else {
      skipWord();
    }
    return new Token(text.substring(start, position));
  }

  private void skip(String characters) {
    while (position < text.length() && characters.indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private void skipWord() {
    while (position < text.length()
        && (SYMBOL_CHARACTERS + SPACE_CHARACTERS).indexOf(text.charAt(position)) < 0) {
      position++;
    }
  }
}
