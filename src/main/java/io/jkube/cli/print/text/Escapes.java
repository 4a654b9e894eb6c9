package io.jkube.cli.print.text;

/** Makes what steers a terminal visible instead: a name or message is somebody else's text. */
public final class Escapes {
  private Escapes() {}

  public static String visible(String text) {
    return text.indexOf('\u001b') < 0 ? text : text.replace("\u001b", "^[");
  }
}
