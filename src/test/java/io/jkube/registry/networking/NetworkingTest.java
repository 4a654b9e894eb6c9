package io.jkube.registry.networking;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.assertUpdate;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.registry.NameRule;
import io.jkube.registry.StoredObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ingresses, network policies, addresses and their ranges, budgets. */
class NetworkingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "{}# spec: Invalid value: null: either `defaultBackend` or `rules` must be specified",
        "{rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}#",
        "{rules: [{http: {paths: [{path: /, backend: {service: {name: s, port: {number: 80}}}}]}}]}# spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified",
        "{rules: [{http: {paths: [{path: a, pathType: Exact, backend: {service: {name: s, port: {number: 80}}}}]}}]}# spec.rules[0].http.paths[0].path: Invalid value: \"a\": must be an absolute path",
        "{rules: [{http: {paths: [{path: /a//b, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}# spec.rules[0].http.paths[0].path: Invalid value: \"/a//b\": must not contain '//'",
        "{rules: [{host: 1.2.3.4}]}# spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
        "{rules: [{host: a.b, http: {paths: []}}]}# spec.rules[0].http.paths: Required value",
        "{defaultBackend: {service: {name: s}}}# spec.defaultBackend: Required value: port name or number is required",
        "{defaultBackend: {service: {name: s, port: {name: a, number: 1}}}}# spec.defaultBackend: Invalid value: \"\": cannot set both port name & port number",
        "{defaultBackend: {}}# spec.defaultBackend: Invalid value: \"\": resource or service backend is required",
      })
  void ingresses(String spec, String expected) {
    assertCreation("Ingress", "{spec: " + spec + "}", expected);
  }

  @Test
  void anIngressHasTheDefaultClass() {
    var classes =
        new StoredObjects() {
          @Override
          public Optional<ObjectNode> get(GroupVersionResource resource, ObjectKey key) {
            return Optional.empty();
          }

          @Override
          public List<ObjectNode> list(GroupVersionResource resource) {
            var mark = "annotations: {ingressclass.kubernetes.io/is-default-class: 'true'}";
            return List.of(
                yaml("{metadata: {name: plain, creationTimestamp: '2026-01-01T00:00:09Z'}}"),
                yaml(
                    "{metadata: {name: old, creationTimestamp: '2026-01-01T00:00:01Z', %s}}"
                        .formatted(mark)),
                yaml(
                    "{metadata: {name: new, creationTimestamp: '2026-01-01T00:00:02Z', %s}}"
                        .formatted(mark)));
          }
        };
    var ingress = yaml("{spec: {}}");
    definition("Ingress").strategy().admitCreate(ingress, classes);
    assertEquals("new", ingress.at("/spec/ingressClassName").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "{podSelector: {}}#",
        "{ingress: [{from: [{}]}]}# spec.ingress[0].from[0]: Required value: must specify a peer",
        "{ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]}# spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer",
        "{egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/24]}}]}]}# spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/24\": must be a strict subset of `cidr`",
        "{egress: [{to: [{ipBlock: {cidr: 10.0.0.0}}]}]}# spec.egress[0].to[0].ipBlock.cidr: Invalid value: \"10.0.0.0\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        "{ingress: [{ports: [{port: 80, endPort: 79}]}]}# spec.ingress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`",
        "{policyTypes: [Odd]}# spec.policyTypes[0]: Unsupported value: \"Odd\": supported values: \"Egress\", \"Ingress\"",
      })
  void policies(String spec, String expected) {
    assertCreation("NetworkPolicy", "{spec: " + spec + "}", expected);
  }

  @Test
  void aPolicyIsOfTheTypesItHasRulesFor() {
    assertEquals(
        yaml("{t: [Ingress, Egress]}").get("t"),
        created("NetworkPolicy", "{spec: {egress: [{}]}}").at("/spec/policyTypes"));
    assertEquals(
        yaml("{t: [Ingress]}").get("t"),
        created("NetworkPolicy", "{spec: {}}").at("/spec/policyTypes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "ServiceCIDR# {spec: {}}# spec.cidrs: Required value: at least one CIDR required",
        "ServiceCIDR# {spec: {cidrs: [10.0.0.0/8, 11.0.0.0/8]}}# spec.cidrs: Invalid value: [\"10.0.0.0/8\",\"11.0.0.0/8\"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/96",
        "ServiceCIDR# {spec: {cidrs: [10.0.0.0/8, '2001:db8::/96']}}#",
        "IPAddress# {spec: {}}# spec.parentRef: Required value",
        "PodDisruptionBudget# {spec: {minAvailable: 1, maxUnavailable: 1}}# spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and maxUnavailable cannot be both set",
        "PodDisruptionBudget# {spec: {minAvailable: -1}}# spec.minAvailable: Invalid value: -1: must be greater than or equal to 0",
        "PodDisruptionBudget# {spec: {maxUnavailable: 101%}}# spec.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%",
        "PodDisruptionBudget# {spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: Odd}}# spec.unhealthyPodEvictionPolicy: Unsupported value: \"Odd\": supported values: \"AlwaysAllow\", \"IfHealthyBudget\"",
      })
  void otherRules(String kind, String object, String expected) {
    assertCreation(kind, object, expected);
  }

  @Test
  void rangesAndParentsNeverChange() {
    assertUpdate(
        "ServiceCIDR",
        "{spec: {cidrs: [10.0.0.0/8]}}",
        "{spec: {cidrs: [11.0.0.0/8]}}",
        "spec.cidrs: Invalid value: [\"11.0.0.0/8\"]: field is immutable");
    assertUpdate(
        "IPAddress",
        "{spec: {parentRef: {resource: services, name: a}}}",
        "{spec: {parentRef: {resource: services, name: b}}}",
        "spec.parentRef: Invalid value: {\"resource\":\"services\",\"name\":\"b\"}: field is"
            + " immutable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "10.0.0.1# true",
        "2001:db8::1# true",
        "2001:DB8::1# false",
        "2001:db8::01# false",
        "localhost# false",
        "10.1# false"
      })
  void addressesHaveOneSpelling(String name, boolean right) {
    assertEquals(right, NameRule.ADDRESS.violations(name).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "Ingress# {metadata: {name: i}, spec: {rules: [{host: a}, {host: b}, {host: c}, {host: d}], tls: [{}]}, status: {loadBalancer: {ingress: [{ip: 1.2.3.4}, {hostname: h}]}}}# i | <none> | a,b,c + 1 more... | 1.2.3.4,h | 80, 443 | null",
        "Ingress# {metadata: {name: i}, spec: {ingressClassName: n}}# i | n | * |  | 80 | null",
        "NetworkPolicy# {metadata: {name: n}, spec: {podSelector: {matchLabels: {b: c, a: d}}}}# n | a=d,b=c | null",
        "NetworkPolicy# {metadata: {name: n}, spec: {podSelector: {}}}# n | <none> | null",
        "IPAddress# {metadata: {name: 10.0.0.1}, spec: {parentRef: {resource: services, namespace: n, name: s}}}# 10.0.0.1 | services/n/s | null",
        "ServiceCIDR# {metadata: {name: c}, spec: {cidrs: [10.0.0.0/8]}}# c | 10.0.0.0/8 | null",
        "PodDisruptionBudget# {metadata: {name: p}, spec: {minAvailable: 50%}, status: {disruptionsAllowed: 2}}# p | 50% | N/A | 2 | null",
      })
  void rows(String kind, String object, String cells) {
    assertEquals(cells, row(definition(kind), yaml(object)));
  }
}
