package io.jkube.apiserver.authz.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A start gives back what is missing, takes nothing away, and leaves alone who asked for it. */
final class PolicyUpdateTest {
  private static ObjectNode wanted(String kind, String name) {
    return BootstrapPolicy.objects().stream()
        .filter(each -> each.path("kind").asText().equals(kind))
        .filter(each -> each.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .deepCopy();
  }

  private static ObjectNode rule(String verb, String resource) {
    var rule = Json.object();
    rule.putArray("verbs").add(verb);
    rule.putArray("apiGroups").add("");
    rule.putArray("resources").add(resource);
    return rule;
  }

  private static boolean allows(ObjectNode role, ObjectNode rule) {
    var asked = Json.object();
    asked.putArray("rules").add(rule);
    return Coverage.missing(Rule.allOf(role), Rule.allOf(asked)).isEmpty();
  }

  @Test
  void aRoleGetsBackWhatItLacksAndKeepsWhatWasAdded() {
    var wanted = wanted("ClusterRole", "system:kube-dns");
    var found = wanted.deepCopy();
    found.putArray("rules").add(rule("get", "secrets"));
    found.withObject("/metadata").remove("labels");
    var next = PolicyUpdate.of(found, wanted).orElseThrow();
    assertTrue(allows(next, rule("get", "secrets")));
    assertTrue(allows(next, rule("watch", "services")));
    assertEquals(wanted.at("/metadata/labels"), next.at("/metadata/labels"));
    assertTrue(PolicyUpdate.of(next, wanted).isEmpty(), "nothing is left to do");
  }

  @Test
  void aBindingGetsBackItsSubjects() {
    var wanted = wanted("ClusterRoleBinding", "system:discovery");
    var found = wanted.deepCopy();
    found.putArray("subjects").addObject().put("kind", "User").put("name", "eve");
    var next = PolicyUpdate.of(found, wanted).orElseThrow();
    assertEquals(2, next.path("subjects").size());
    assertEquals("eve", next.at("/subjects/0/name").asText());
  }

  @Test
  void aBindingToAnotherRoleIsMadeAnew() {
    var wanted = wanted("ClusterRoleBinding", "system:discovery");
    var found = wanted.deepCopy();
    found.withObject("/roleRef").put("name", "cluster-admin");
    assertTrue(PolicyUpdate.bindsAnother(found, wanted));
    assertFalse(PolicyUpdate.bindsAnother(wanted, wanted));
    leaveAlone(found);
    assertFalse(PolicyUpdate.bindsAnother(found, wanted));
  }

  @Test
  void whoDoesNotWantItIsLeftAlone() {
    var wanted = wanted("ClusterRole", "system:kube-dns");
    var found = wanted.deepCopy();
    found.putArray("rules");
    leaveAlone(found);
    assertTrue(PolicyUpdate.of(found, wanted).isEmpty());
  }

  private static void leaveAlone(ObjectNode object) {
    object.withObject("/metadata/annotations").put(BootstrapPolicy.AUTO_UPDATE, "false");
  }

  @Test
  void everyControllerListsWhatItMayAlsoWatch() {
    var lists =
        Stream.of("cronjob-controller", "namespace-controller", "horizontal-pod-autoscaler")
            .flatMap(name -> BootstrapPolicy.rulesOf("system:controller:" + name).stream())
            .filter(rule -> rule.verbs().contains("list"))
            .toList();
    assertFalse(lists.isEmpty());
    assertEquals(
        List.of(), lists.stream().filter(rule -> !rule.verbs().contains("watch")).toList());
  }
}
