package io.jkube.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which values an object's fields must have or not have, as in {@code
 * status.phase!=Running,metadata.name=web}.
 *
 * <p>Which fields a kind knows is the kind's business: see {@link #fields}. Rules and words are
 * those of "Field Selectors" in Kubernetes' documentation.
 *
 * @param terms all must hold; sorted
 */
public record FieldSelector(List<Term> terms) {
  /** Selects every object. */
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  public FieldSelector {
    terms = terms.stream().sorted(Comparator.comparing(Term::toString)).toList();
  }

  /** One condition: the field equals the value, or does not. */
  public record Term(String field, boolean equal, String value) {
    public Term {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(value, "value");
    }

    boolean matches(String actual) {
      return equal == value.equals(Objects.requireNonNullElse(actual, ""));
    }

    @Override
    public String toString() {
      return field + (equal ? "=" : "!=") + escape(value);
    }
  }

  /**
   * Reads the text form; empty text selects everything. {@code \,}, {@code \=} and {@code \\} stand
   * for the character behind the backslash.
   *
   * @throws ApiException BadRequest, in upstream's words
   */
  public static FieldSelector parse(String text) {
    var terms = new ArrayList<Term>();
    for (var part : split(text)) {
      if (!part.isEmpty()) {
        terms.add(term(text, part));
      }
    }
    return new FieldSelector(terms);
  }

  /** The selector for one field with one value. */
  public static FieldSelector ofField(String field, String value) {
    return new FieldSelector(List.of(new Term(field, true, value)));
  }

  public boolean matches(Map<String, String> fields) {
    return matches(fields::get);
  }

  /**
   * @param fields gives a field's value, null or empty when the object has none
   */
  public boolean matches(UnaryOperator<String> fields) {
    return terms.stream().allMatch(term -> term.matches(fields.apply(term.field())));
  }

  public boolean isEverything() {
    return terms.isEmpty();
  }

  /** The names of the fields asked about. */
  public List<String> fields() {
    return terms.stream().map(Term::field).distinct().toList();
  }

  /** The one value that the selector asks of a field, if it asks so. */
  public Optional<String> exactMatch(String field) {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals(field))
        .map(Term::value)
        .findFirst();
  }

  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }

  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Term term(String selector, String part) {
    for (int i = 0; i < part.length(); i++) {
      if (part.startsWith("!=", i)) {
        return new Term(part.substring(0, i), false, unescape(part.substring(i + 2)));
      }
      if (part.charAt(i) == '=') {
        int value = part.startsWith("==", i) ? i + 2 : i + 1;
        return new Term(part.substring(0, i), true, unescape(part.substring(value)));
      }
    }
    throw ApiException.badRequest(
        "invalid selector: '" + selector + "'; can't understand '" + part + "'");
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }

  private static String unescape(String value) {
    var plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '=') {
        throw ApiException.badRequest(
            "invalid field selector: unescaped character in value: " + (int) character);
      }
      if (character == '\\') {
        i++;
        character = i < value.length() ? value.charAt(i) : 0;
        if (character != '\\' && character != ',' && character != '=') {
          throw ApiException.badRequest(
              "invalid field selector: invalid escape sequence: "
                  + value.substring(i - 1, Math.min(i + 1, value.length())));
        }
      }
      plain.append(character);
    }
    return plain.toString();
  }
}
