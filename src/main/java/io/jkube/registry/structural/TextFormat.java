package io.jkube.registry.structural;

import io.jkube.registry.validation.AddressRanges;
import io.jkube.registry.validation.Addresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The formats of texts that schemas may ask for; others say nothing. */
public final class TextFormat {
  private static final String UUID =
      "[0-9a-f]{8}-?[0-9a-f]{4}-?%s[0-9a-f]{3}-?%s[0-9a-f]{3}-?[0-9a-f]{12}";
  private static final String DNS_LABEL = "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";
  private static final String AMOUNT = "(\\d+(\\.\\d*)?|\\.\\d+)";

  private static final Map<String, Predicate<String>> KNOWN =
      Map.ofEntries(
          Map.entry("date-time", TextFormat::isDateTime),
          Map.entry("datetime", TextFormat::isDateTime),
          Map.entry("date", TextFormat::isDate),
          Map.entry("byte", TextFormat::isBase64),
          Map.entry("uri", TextFormat::isUri),
          Map.entry("ipv4", text -> Addresses.isAddress(text) && !text.contains(":")),
          Map.entry("ipv6", text -> Addresses.isAddress(text) && text.contains(":")),
          Map.entry("cidr", AddressRanges::isRange),
          Map.entry("duration", form("[-+]?(0|(" + AMOUNT + "(ns|us|µs|ms|s|m|h|d|w))+)")),
          Map.entry("hostname", form(DNS_LABEL + "(\\." + DNS_LABEL + ")*\\.?")),
          Map.entry("email", form("[^@\\s]+@[^@\\s]+")),
          Map.entry(
              "mac", form("[0-9a-f]{2}([:-][0-9a-f]{2}){5,7}|([0-9a-f]{4}\\.){2,3}[0-9a-f]{4}")),
          Map.entry("uuid", form(UUID.formatted("[0-9a-f]", "[0-9a-f]"))),
          Map.entry("uuid3", form(UUID.formatted("3", "[0-9a-f]"))),
          Map.entry("uuid4", form(UUID.formatted("4", "[89ab]"))),
          Map.entry("uuid5", form(UUID.formatted("5", "[89ab]"))),
          Map.entry("hexcolor", form("#?([0-9a-f]{3}|[0-9a-f]{6})")));

  private TextFormat() {}

  /** Whether a text has the format; a format that is not known says nothing. */
  public static boolean fits(String format, String text) {
    var known = KNOWN.get(format);
    return known == null || known.test(text);
  }

  private static Predicate<String> form(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE).asMatchPredicate();
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeException malformed) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException malformed) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      var uri = new URI(text);
      return uri.isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
