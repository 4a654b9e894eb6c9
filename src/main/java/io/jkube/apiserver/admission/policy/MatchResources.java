package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.admission.match.MatchRule;
import io.jkube.apiserver.admission.match.Selectors;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.ResourceDefinition;
import java.util.List;
import java.util.Optional;

/**
 * The {@code matchConstraints} of a policy, or the {@code matchResources} of a binding.
 *
 * @param rules none in a binding means all that its policy matches
 * @param exact whether other versions of a resource than the rules name do not match
 */
record MatchResources(
    List<MatchRule> rules, List<MatchRule> excluded, Selectors selectors, boolean exact) {
  static MatchResources of(JsonNode match) {
    return new MatchResources(
        objects(match, "/resourceRules").stream().map(MatchRule::of).toList(),
        objects(match, "/excludeResourceRules").stream().map(MatchRule::of).toList(),
        Selectors.of(match),
        text(match, "/matchPolicy").equals("Exact"));
  }

  /** As which the write matches: in the version that a rule names. */
  Optional<ResourceDefinition> match(
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
