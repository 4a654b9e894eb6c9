package io.jkube.cli.print.template;

/**
 * A piece of a template.
 *
 * @param text as it stands there; of a string what it means
 * @param line where it begins, from 1
 */
record Token(Type type, String text, int line) {
  enum Type {
    TEXT,
    OPEN,
    CLOSE,
    /** A name: a function, a keyword, true, false, nil. */
    WORD,
    /** {@code .a}, with nothing between the dot and the name. */
    FIELD,
    /** {@code .} alone. */
    DOT,
    /** {@code $} or {@code $a}. */
    VARIABLE,
    STRING,
    NUMBER,
    /** One of {@code | ( ) , := =}. */
    SIGN,
    /** Parts two operands. */
    SPACE
  }

  boolean is(Type wanted, String wantedText) {
    return type == wanted && text.equals(wantedText);
  }
}
