package io.jkube.registry.rbac;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.assertUpdate;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "Role# {rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]}#",
        "Role# {rules: [{apiGroups: [''], resources: [pods]}]}# rules[0].verbs: Required value: verbs must contain at least one value",
        "Role# {rules: [{verbs: [get]}]}# rules[0].apiGroups: Required value: resource rules must supply at least one api group;; rules[0].resources: Required value: resource rules must supply at least one resource",
        "Role# {rules: [{verbs: [get], nonResourceURLs: [/a]}]}# rules[0].nonResourceURLs: Invalid value: [\"/a\"]: namespaced rules cannot apply to non-resource URLs",
        "ClusterRole# {rules: [{verbs: [get], nonResourceURLs: [/a]}]}#",
        "ClusterRole# {rules: [{verbs: [get], nonResourceURLs: [/a], resources: [pods]}]}# rules[0].nonResourceURLs: Invalid value: [\"/a\"]: rules cannot apply to both regular resources and non-resource URLs",
        "ClusterRole# {aggregationRule: {}}# aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil",
        "RoleBinding# {roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: u}, {kind: ServiceAccount, name: s}]}#",
        "RoleBinding# {roleRef: {kind: Odd}}# roleRef.kind: Unsupported value: \"Odd\": supported values: \"Role\", \"ClusterRole\";; roleRef.name: Required value",
        "RoleBinding# {roleRef: {kind: Role, name: r}, subjects: [{kind: Odd, name: n}]}# subjects[0].kind: Unsupported value: \"Odd\": supported values: \"ServiceAccount\", \"User\", \"Group\"",
        "ClusterRoleBinding# {roleRef: {kind: Role, name: r}}# roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
        "ClusterRoleBinding# {roleRef: {kind: ClusterRole, name: a/b}}# roleRef.name: Invalid value: \"a/b\": may not contain '/'",
        "ClusterRoleBinding# {roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: ServiceAccount, name: s}]}# subjects[0].namespace: Required value",
      })
  void rules(String kind, String object, String expected) {
    assertCreation(kind, object, expected);
  }

  @Test
  void theRoleOfABindingNeverChanges() {
    assertUpdate(
        "RoleBinding",
        "{roleRef: {kind: Role, name: r}}",
        "{roleRef: {kind: Role, name: s}}",
        "roleRef: Invalid value: {\"kind\":\"Role\",\"name\":\"s\","
            + "\"apiGroup\":\"rbac.authorization.k8s.io\"}: cannot change roleRef");
  }

  @Test
  void rows() {
    var binding =
        created(
            "RoleBinding",
            "{metadata: {name: b}, roleRef: {kind: Role, name: r}, subjects: [{kind: User, name:"
                + " u}, {kind: User, name: v}, {kind: Group, name: g}, {kind: ServiceAccount,"
                + " namespace: n, name: s}]}");
    assertEquals("b | Role/r | null | u, v | g | n/s", row(definition("RoleBinding"), binding));
    var role = created("Role", "{metadata: {name: r, creationTimestamp: '2026-01-01T00:00:00Z'}}");
    assertEquals("r | 2026-01-01T00:00:00Z", row(definition("Role"), role));
  }
}
