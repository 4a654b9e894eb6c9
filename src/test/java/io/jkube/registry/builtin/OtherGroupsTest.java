package io.jkube.registry.builtin;

import static io.jkube.registry.Trees.found;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.registry.ResourceDefinition;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows and rules of the kinds outside the core group. */
class OtherGroupsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "PodTemplate# {metadata: {name: t}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: x, image: i}, {name: y, image: j}]}}}# t | x,y | i,j | a=b",
        "ControllerRevision# {metadata: {name: r, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, controller: true}]}, revision: 3}# r | statefulset.apps/web | 3 | null",
        "EndpointSlice# {metadata: {name: s}, addressType: IPv4, ports: [{port: 80}], endpoints: [{addresses: [1.1.1.1]}, {addresses: [1.1.1.2]}]}# s | IPv4 | 80 | 1.1.1.1,1.1.1.2 | null",
        "EndpointSlice# {metadata: {name: s}, addressType: IPv4}# s | IPv4 | <unset> | <unset> | null",
        "IngressClass# {metadata: {name: c}, spec: {controller: a.b/c, parameters: {apiGroup: g, kind: K, name: n}}}# c | a.b/c | K.g/n | null",
        "RuntimeClass# {metadata: {name: c}, handler: runc}# c | runc | null",
        "PriorityClass# {metadata: {name: p}, value: 7, preemptionPolicy: Never}# p | 7 | false | null | Never",
        "StorageClass# {metadata: {name: s, annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}, provisioner: p, reclaimPolicy: Delete, volumeBindingMode: Immediate}# s (default) | p | Delete | Immediate | false | null",
        "Lease# {metadata: {name: l}, spec: {holderIdentity: me}}# l | me | null",
      })
  void rows(String kind, String object, String cells) {
    assertEquals(cells.strip(), row(definition(kind), yaml(object)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "PriorityClass# {metadata: {name: system-x}, value: 1}# metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only",
        "PriorityClass# {metadata: {name: x}, value: 1000000001}# value: Forbidden: maximum allowed value of a user defined priority is 1000000000",
        "RuntimeClass# {handler: A}# handler: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        "IngressClass# {spec: {controller: x}}# spec.controller: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")",
        "StorageClass# {}# provisioner: Required value",
        "EndpointSlice# {addressType: IPv5}# addressType: Unsupported value: \"IPv5\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"",
        "EndpointSlice# {addressType: IPv4, endpoints: [{}]}# endpoints[0].addresses: Required value: must contain at least 1 address",
        "ControllerRevision# {revision: -1}# revision: Invalid value: -1: must be greater than or equal to 0",
        "Lease# {spec: {leaseDurationSeconds: 0}}# spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
        "PodTemplate# {template: {spec: {containers: []}}}# template.spec.containers: Required value",
      })
  void rules(String kind, String object, String expected) {
    var strategy = definition(kind).strategy();
    var tree = yaml(object);
    strategy.applyDefaults(tree);
    assertEquals(List.of(expected.strip()), found(found -> strategy.validate(tree, found)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "PriorityClass# {value: 1}# {value: 2}# value: Forbidden: may not be changed in an update.",
        "RuntimeClass# {handler: a}# {handler: b}# handler: Invalid value: \"b\": field is immutable",
        "ControllerRevision# {data: {a: 1}}# {data: {a: 2}}# data: Invalid value: {\"a\":2}: field is immutable",
        "StorageClass# {provisioner: a}# {provisioner: b}# provisioner: Forbidden: updates to provisioner are forbidden.",
        "EndpointSlice# {addressType: IPv4}# {addressType: IPv6}# addressType: Invalid value: \"IPv6\": field is immutable",
      })
  void whatNeverChanges(String kind, String current, String updated, String expected) {
    var strategy = definition(kind).strategy();
    assertEquals(
        List.of(expected.strip()),
        found(found -> strategy.validateUpdate(yaml(updated), yaml(current), found)));
  }

  private static ResourceDefinition definition(String kind) {
    return BuiltinKinds.catalog(InstantSource.system()).all().stream()
        .filter(each -> each.kind().kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
