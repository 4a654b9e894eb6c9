package io.jkube.apiserver.admission.match;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.ResourceDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What something has a say in: the {@code matchConstraints} of a policy, the {@code matchResources}
 * of a binding, the rules and selectors of a webhook.
 *
 * @param rules none means all: a binding without some matches what its policy does
 * @param exact whether other versions of a resource than the rules name do not match
 */
public record MatchResources(
    List<MatchRule> rules, List<MatchRule> excluded, Selectors selectors, boolean exact) {
  /** Of a policy or a binding. */
  public static MatchResources of(JsonNode match) {
    return of(match, "/resourceRules");
  }

  /**
   * @param match has selectors and a policy
   * @param rules where in it the rules stand
   */
  public static MatchResources of(JsonNode match, String rules) {
    return new MatchResources(
        objects(match, rules).stream().map(MatchRule::of).toList(),
        objects(match, "/excludeResourceRules").stream().map(MatchRule::of).toList(),
        Selectors.of(match),
        text(match, "/matchPolicy").equals("Exact"));
  }

  /**
   * As which the write matches: in the version that a rule names.
   *
   * @throws io.jkube.api.ApiException NotFound for a namespace that is gone
   */
  public Optional<ResourceDefinition> match(
      AdmissionRequest request, SettledKind namespaces, Equivalents equivalents) {
    var own = request.call().definition();
    if (takes(excluded, request, own)) {
      return Optional.empty();
    }
    var seenAs = rules.isEmpty() ? Optional.of(own) : seenAs(request, own, equivalents);
    return seenAs.filter(any -> selectors.match(request, namespaces));
  }

  private Optional<ResourceDefinition> seenAs(
      AdmissionRequest request, ResourceDefinition own, Equivalents equivalents) {
    if (takes(rules, request, own)) {
      return Optional.of(own);
    }
    return exact
        ? Optional.empty()
        : equivalents.of(own.resource()).stream()
            .filter(other -> takes(rules, request, other))
            .findFirst();
  }

  private static boolean takes(
      List<MatchRule> rules, AdmissionRequest request, ResourceDefinition as) {
    return rules.stream().anyMatch(rule -> rule.matches(request, as.resource()));
  }
}
