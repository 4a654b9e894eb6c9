package io.jkube.registry.cel.function;

import dev.cel.common.types.SimpleType;

/** {@code semver, isSemver} and what can be asked of versions. */
final class SemverFunctions {
  private SemverFunctions() {}

  static void addTo(FunctionTable table) {
    var version = table.type("kubernetes.Semver", Semver.class);
    var text = SimpleType.STRING;
    var number = SimpleType.INT;
    var bool = SimpleType.BOOL;
    table
        .global("semver", version, each -> Semver.parse((String) each[0], false), text)
        .global(
            "semver",
            version,
            each -> Semver.parse((String) each[0], (Boolean) each[1]),
            text,
            bool)
        .global("isSemver", bool, each -> isSemver((String) each[0], false), text)
        .global("isSemver", bool, each -> isSemver((String) each[0], (Boolean) each[1]), text, bool)
        .member("major", number, each -> of(each).major(), version)
        .member("minor", number, each -> of(each).minor(), version)
        .member("patch", number, each -> of(each).patch(), version)
        .member("isGreaterThan", bool, each -> compare(each) > 0, version, version)
        .member("isLessThan", bool, each -> compare(each) < 0, version, version)
        .member("compareTo", number, each -> (long) compare(each), version, version);
  }

  private static Semver of(Object[] arguments) {
    return (Semver) arguments[0];
  }

  private static int compare(Object[] arguments) {
    return Integer.signum(of(arguments).compareTo((Semver) arguments[1]));
  }

  private static boolean isSemver(String text, boolean lenient) {
    try {
      Semver.parse(text, lenient);
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
