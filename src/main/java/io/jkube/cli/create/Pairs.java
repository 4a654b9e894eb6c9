package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.CommandFailure;
import java.util.List;

/** {@code KEY=VALUE} as typed in flags. */
final class Pairs {
  private Pairs() {}

  /** Puts each pair into the object. */
  static void into(ObjectNode object, List<String> pairs, String flag) {
    for (var pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new CommandFailure("invalid " + flag + " \"" + pair + "\": expected KEY=VALUE");
      }
      object.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }
}
