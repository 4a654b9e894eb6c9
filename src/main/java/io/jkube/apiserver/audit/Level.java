package io.jkube.apiserver.audit;

/** How much of a request is noted. */
enum Level {
  NONE("None"),
  METADATA("Metadata"),
  REQUEST("Request"),
  REQUEST_RESPONSE("RequestResponse");

  final String text;

  Level(String text) {
    this.text = text;
  }

  static Level of(String text) {
    for (var level : values()) {
      if (level.text.equals(text)) {
        return level;
      }
    }
    throw new IllegalArgumentException(
        "level \"" + text + "\": there are None, Metadata, Request and RequestResponse");
  }
}
