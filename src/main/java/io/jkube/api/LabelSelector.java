package io.jkube.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which labels an object must have: all requirements hold, or it is {@link #NOTHING}.
 *
 * <p>Rules and words are those of "Labels and Selectors" in Kubernetes' documentation.
 */
public final class LabelSelector {
  /** Selects every object. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  /** Selects no object: what a selector that was left out means in an object. */
  public static final LabelSelector NOTHING = new LabelSelector(List.of());

  private final List<LabelRequirement> requirements;

  private LabelSelector(List<LabelRequirement> requirements) {
    this.requirements = requirements;
  }

  /**
   * Reads the text form, as in {@code app=web,tier!=cache,env in (a,b),!legacy}. Empty text selects
   * everything.
   *
   * @throws ApiException BadRequest, in upstream's words
   */
  public static LabelSelector parse(String text) {
    return of(new LabelSelectorParser(text).parse());
  }

  /**
   * Reads the object form, {@code matchLabels} and {@code matchExpressions}. A missing selector
   * (null, JSON null) selects nothing, an empty one everything.
   *
   * @throws ApiException BadRequest, in upstream's words
   */
  public static LabelSelector of(JsonNode selector) {
    if (selector == null || selector.isNull() || selector.isMissingNode()) {
      return NOTHING;
    }
    var requirements = new ArrayList<LabelRequirement>();
    for (var label : selector.path("matchLabels").properties()) {
      requirements.add(equality(label.getKey(), label.getValue().asText()));
    }
    for (var expression : selector.path("matchExpressions")) {
      requirements.add(LabelRequirement.ofExpression(expression));
    }
    return of(requirements);
  }

  /** Selects the objects that have all these labels, as a Service's selector does. */
  public static LabelSelector ofLabels(Map<String, String> labels) {
    return of(
        labels.entrySet().stream()
            .map(label -> equality(label.getKey(), label.getValue()))
            .toList());
  }

  private static LabelSelector of(List<LabelRequirement> requirements) {
    if (requirements.isEmpty()) {
      return EVERYTHING;
    }
    return new LabelSelector(
        requirements.stream().sorted(Comparator.comparing(LabelRequirement::key)).toList());
  }

  private static LabelRequirement equality(String key, String value) {
    return new LabelRequirement(key, LabelRequirement.Operator.EQUALS, List.of(value));
  }

  public boolean matches(Map<String, String> labels) {
    return matches(labels::get);
  }

  /**
   * @param labels the {@code metadata.labels} of an object, not the object; absent means none
   */
  public boolean matches(JsonNode labels) {
    return matches(key -> labels == null ? null : labels.path(key).textValue());
  }

  /**
   * @param object a whole object
   */
  public boolean selects(JsonNode object) {
    return matches(object.path("metadata").path("labels"));
  }

  private boolean matches(UnaryOperator<String> labels) {
    if (this == NOTHING) {
      return false;
    }
    for (var requirement : requirements) {
      if (!requirement.matches(labels.apply(requirement.key()))) {
        return false;
      }
    }
    return true;
  }

  /** True when it selects every object. */
  public boolean isEverything() {
    return requirements.isEmpty() && this != NOTHING;
  }

  /** Sorted by key; empty both for everything and for nothing. */
  public List<LabelRequirement> requirements() {
    return requirements;
  }

  /** The one value that the selector asks of a label, if it asks so. */
  public Optional<String> exactMatch(String key) {
    return requirements.stream()
        .filter(requirement -> requirement.key().equals(key))
        .findFirst()
        .flatMap(LabelRequirement::exactValue);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSelector that
        && (this == NOTHING) == (that == NOTHING)
        && requirements.equals(that.requirements);
  }

  @Override
  public int hashCode() {
    return requirements.hashCode();
  }

  /** The text form, sorted by key: {@code a=b,c in (d,e)}. Empty for everything and nothing. */
  @Override
  public String toString() {
    return requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
  }
}
