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
    add(known, "dns1123Label", NameRule.DNS_LABEL::violations);
    add(known, "dns1123Subdomain", NameRule.DNS_SUBDOMAIN::violations);
    add(known, "dns1035Label", NameRule.DNS_1035_LABEL::violations);
    add(known, "dns1123LabelPrefix", text -> NameRule.DNS_LABEL.violations(begun(text)));
    add(known, "dns1123SubdomainPrefix", text -> NameRule.DNS_SUBDOMAIN.violations(begun(text)));
    add(known, "dns1035LabelPrefix", text -> NameRule.DNS_1035_LABEL.violations(begun(text)));
    add(known, "qualifiedName", LabelSyntax::keyViolations);
    add(known, "labelValue", LabelSyntax::valueViolations);
    for (var name : List.of("uri", "uuid", "byte", "date", "datetime")) {
      add(
          known,
          name,
          text -> TextFormat.fits(name, text) ? List.of() : List.of("invalid " + name));
    }
    return known;
  }

  private static void add(
      Map<String, NamedFormat> known, String name, Function<String, List<String>> violations) {
    known.put(name, new NamedFormat(name, violations));
  }

  /** What a generated name begins with may end in a dash. */
  private static String begun(String text) {
    return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
  }
}
