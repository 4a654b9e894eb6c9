package io.jkube.registry.cel.function;

import dev.cel.common.types.SimpleType;

/** {@code jsonpatch.escapeKey}: a key as it stands in the path of a JSON patch. */
final class PatchFunctions {
  private PatchFunctions() {}

  static void addTo(FunctionTable table) {
    var text = SimpleType.STRING;
    table.global("jsonpatch.escapeKey", text, each -> escaped((String) each[0]), text);
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
