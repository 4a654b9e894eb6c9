package io.jkube.cli.describe.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code resourceVersion} as {@code Resource Version}. */
final class FieldName {
  private static final Pattern WORD = Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+|-");
  private static final Set<String> ACRONYMS = Set.of("API", "URL", "UID", "GUID");

  private FieldName() {}

  /** A name with anything but letters and dashes in it stays as it is. */
  static String readable(String name) {
    if (!name.chars().allMatch(each -> Character.isLetter(each) || each == '-')) {
      return name;
    }
    var words = new ArrayList<String>();
    var pieces = WORD.matcher(name).results().map(MatchResult::group).toList();
    for (int i = 0; i < pieces.size(); i++) {
      var piece = pieces.get(i);
      if (isAcronymBefore(pieces, i)) {
        piece += pieces.get(++i);
      }
      words.add(capitalised(piece));
    }
    return String.join(" ", words);
  }

  /** {@code IPs}: capitals and what hangs on them are one word. */
  private static boolean isAcronymBefore(List<String> pieces, int i) {
    var piece = pieces.get(i);
    return piece.length() > 1
        && piece.equals(piece.toUpperCase(Locale.ROOT))
        && i + 1 < pieces.size()
        && Character.isUpperCase(pieces.get(i + 1).charAt(0));
  }

  private static String capitalised(String word) {
    var upper = word.toUpperCase(Locale.ROOT);
    if (ACRONYMS.contains(upper)) {
      return upper;
    }
    return word.equals(word.toLowerCase(Locale.ROOT)) && !word.isEmpty()
        ? upper.charAt(0) + word.substring(1)
        : word;
  }
}
