package io.jkube.registry.cel.function;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.NameRule;
import io.jkube.registry.structural.TextFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code format.named("dns1123Label")}, {@code format.dns1123Label()} and {@code validate}. */
final class FormatFunctions {
  private static final Map<String, NamedFormat> KNOWN = known();

  private FormatFunctions() {}

  static void addTo(FunctionTable table) {
    var format = table.type("kubernetes.NamedFormat", NamedFormat.class);
    var text = SimpleType.STRING;
    table
        .global(
            "format.named",
            OptionalType.create(format),
            each -> Optional.ofNullable(KNOWN.get((String) each[0])),
            text)
        .member(
            "validate",
            OptionalType.create(ListType.create(text)),
            each -> validate((NamedFormat) each[0], (String) each[1]),
            format,
            text);
    KNOWN.forEach((name, known) -> table.global("format." + name, format, none -> known));
  }

  private static Optional<List<String>> validate(NamedFormat format, String text) {
    var wrong = format.violations().apply(text);
    return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
  }

  private static Map<String, NamedFormat> known() {
    var known = new LinkedHashMap<String, NamedFormat>();
    add(known, "dns1123Label", 30, NameRule.DNS_LABEL::violations);
    add(known, "dns1123Subdomain", 60, NameRule.DNS_SUBDOMAIN::violations);
    add(known, "dns1035Label", 30, NameRule.DNS_1035_LABEL::violations);
    add(known, "dns1123LabelPrefix", 30, text -> NameRule.DNS_LABEL.violations(begun(text)));
    add(
        known,
        "dns1123SubdomainPrefix",
        60,
        text -> NameRule.DNS_SUBDOMAIN.violations(begun(text)));
    add(known, "dns1035LabelPrefix", 30, text -> NameRule.DNS_1035_LABEL.violations(begun(text)));
    add(known, "qualifiedName", 60, LabelSyntax::keyViolations);
    add(known, "labelValue", 40, LabelSyntax::valueViolations);
    Map.of("uri", 1103, "uuid", 73, "byte", 84, "date", 148, "datetime", 148)
        .forEach(
            (name, size) ->
                add(
                    known,
                    name,
                    size,
                    text -> TextFormat.fits(name, text) ? List.of() : List.of("invalid " + name)));
    return known;
  }

  private static void add(
      Map<String, NamedFormat> known,
      String name,
      int size,
      Function<String, List<String>> violations) {
    known.put(name, new NamedFormat(name, size, violations));
  }

  /** What a generated name begins with may end in a dash. */
  private static String begun(String text) {
    return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
  }
}
