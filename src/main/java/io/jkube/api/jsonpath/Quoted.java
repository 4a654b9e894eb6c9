package io.jkube.api.jsonpath;

/** Quoted text, its escapes taken away. */
final class Quoted {
  private Quoted() {}

  static String unescape(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each != '\\' || i + 1 == text.length()) {
        plain.append(each);
        continue;
      }
      char escaped = text.charAt(++i);
      plain.append(
          switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'b' -> '\b';
            default -> escaped;
          });
    }
    return plain.toString();
  }
}
