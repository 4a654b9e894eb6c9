package io.jkube.apiserver.audit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** When a request is noted. */
enum Stage {
  RECEIVED("RequestReceived"),
  /** Of a request whose answer goes on: a watch, a log that is followed. */
  STARTED("ResponseStarted"),
  COMPLETE("ResponseComplete"),
  PANIC("Panic");

  final String text;

  Stage(String text) {
    this.text = text;
  }

  static Set<Stage> of(List<String> texts) {
    var stages = EnumSet.noneOf(Stage.class);
    for (var text : texts) {
      boolean known = false;
      for (var stage : values()) {
        if (stage.text.equals(text)) {
          known = stages.add(stage) || known;
        }
      }
      if (!known) {
        throw new IllegalArgumentException("\"" + text + "\" is no stage, or is there twice");
      }
    }
    return stages;
  }
}
