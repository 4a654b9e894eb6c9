package io.jkube.registry.core;

import static io.jkube.registry.Trees.found;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Strategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherHooksTest {
  private final Strategy services = Services.definition(InstantSource.system()).strategy();

  @Test
  void aServiceIsGivenWhatItLeavesOut() {
    var service = yaml("{metadata: {name: s}, spec: {ports: [{port: 80}]}}");
    create(service, StoredObjects.NONE);
    var address = service.at("/spec/clusterIP").asText();
    assertTrue(address.matches("10\\.96\\.[0-9]+\\.[0-9]+"), address);
    assertEquals(
        yaml(
            """
            type: ClusterIP
            sessionAffinity: None
            internalTrafficPolicy: Cluster
            ipFamilyPolicy: SingleStack
            ipFamilies: [IPv4]
            ports: [{port: 80, protocol: TCP, targetPort: 80}]
            clusterIP: %s
            clusterIPs: [%s]
            """
                .formatted(address, address)),
        service.get("spec"));
    assertEquals(List.of(), found(violations -> services.validate(service, violations)));
  }

  @Test
  void noAddressOrPortIsGivenTwiceThoughNothingIsStored() throws Exception {
    var addresses = ConcurrentHashMap.<String>newKeySet();
    var ports = ConcurrentHashMap.<Integer>newKeySet();
    var end = new CountDownLatch(1);
    var made = new CountDownLatch(200);
    for (int i = 0; i < 200; i++) {
      var service =
          yaml("{metadata: {name: s" + i + "}, spec: {type: NodePort, ports: [{port: 80}]}}");
      Thread.ofVirtual()
          .start(
              () -> {
                create(service, StoredObjects.NONE);
                addresses.add(service.at("/spec/clusterIP").asText());
                ports.add(service.at("/spec/ports/0/nodePort").asInt());
                made.countDown();
                try {
                  end.await();
                } catch (InterruptedException stop) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    made.await();
    end.countDown();
    assertEquals(200, addresses.size());
    assertEquals(200, ports.size());
  }

  @Test
  void portsOfOneServiceDifferAndProtocolsMayShareOne() {
    var service =
        yaml(
            "{metadata: {name: s}, spec: {type: LoadBalancer, externalTrafficPolicy: Local, ports: ["
                + "{name: a, port: 80}, {name: b, port: 81},"
                + " {name: t, port: 53, nodePort: 30053},"
                + " {name: u, port: 53, protocol: UDP, nodePort: 30053}]}}");
    create(service, StoredObjects.NONE);
    var numbers = new HashSet<Integer>();
    service.at("/spec/ports").forEach(port -> numbers.add(port.path("nodePort").asInt()));
    assertTrue(numbers.add(service.at("/spec/healthCheckNodePort").asInt()));
    assertEquals(4, numbers.size());
    var other =
        yaml(
            "{metadata: {name: o}, spec: {type: NodePort, ports: [{port: 80, nodePort: %d}]}}"
                .formatted(service.at("/spec/healthCheckNodePort").asInt()));
    assertThrows(ApiException.class, () -> create(other, storing(service)));
  }

  @Test
  void anAddressThatAnotherServiceHasIsRefused() {
    var other = yaml("{metadata: {name: other}, spec: {clusterIPs: [10.96.0.10]}}");
    var service = yaml("{metadata: {name: s}, spec: {clusterIP: 10.96.0.10, ports: [{port: 80}]}}");
    var refused = assertThrows(ApiException.class, () -> create(service, storing(other)));
    assertEquals(
        "Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to allocate"
            + " IP 10.96.0.10: provided IP is already allocated",
        refused.getMessage());
  }

  @Test
  void aHeadlessServiceStaysWithout() {
    var service = yaml("{metadata: {name: s}, spec: {clusterIP: None}}");
    create(service, StoredObjects.NONE);
    assertEquals("None", service.at("/spec/clusterIP").asText());
    assertEquals("None", service.at("/spec/clusterIPs/0").asText());
    assertEquals(List.of(), found(violations -> services.validate(service, violations)));
  }

  @Test
  void anUpdateKeepsTheAddress() {
    var current = yaml("{metadata: {name: s}, spec: {ports: [{port: 80}]}}");
    create(current, StoredObjects.NONE);
    var updated = yaml("{metadata: {name: s}, spec: {ports: [{port: 81}]}}");
    services.applyDefaults(updated);
    services.prepareForUpdate(updated, current);
    services.admitUpdate(updated, current, storing(current));
    assertEquals(current.at("/spec/clusterIP"), updated.at("/spec/clusterIP"));
    var moved = updated.deepCopy();
    ((ObjectNode) moved.get("spec")).put("clusterIP", "10.96.1.1");
    assertNotEquals(
        List.of(), found(violations -> services.validateUpdate(moved, current, violations)));
  }

  @Test
  void nodePortsLiveAsLongAsTheTypeThatHasThem() {
    var current = yaml("{metadata: {name: s}, spec: {type: NodePort, ports: [{port: 80}]}}");
    create(current, StoredObjects.NONE);
    var replaced =
        yaml("{metadata: {name: s}, spec: {type: NodePort, ports: [{port: 80, targetPort: 81}]}}");
    update(replaced, current);
    assertEquals(current.at("/spec/ports/0/nodePort"), replaced.at("/spec/ports/0/nodePort"));
    var inside = current.deepCopy();
    ((ObjectNode) inside.get("spec")).put("type", "ClusterIP");
    update(inside, current);
    assertTrue(inside.at("/spec/ports/0/nodePort").isMissingNode());
    assertTrue(inside.at("/spec/externalTrafficPolicy").isMissingNode());
    assertEquals(List.of(), found(violations -> services.validate(inside, violations)));
  }

  private void update(ObjectNode updated, ObjectNode current) {
    services.applyDefaults(updated);
    services.prepareForUpdate(updated, current);
    services.admitUpdate(updated, current, storing(current));
  }

  private void create(ObjectNode service, StoredObjects others) {
    services.applyDefaults(service);
    services.prepareForCreate(service, Instant.EPOCH);
    services.admitCreate(service, others);
  }

  private static StoredObjects storing(ObjectNode... services) {
    return new StoredObjects() {
      @Override
      public Optional<ObjectNode> get(GroupVersionResource resource, ObjectKey key) {
        return Optional.empty();
      }

      @Override
      public List<ObjectNode> list(GroupVersionResource resource) {
        return resource.equals(Resources.SERVICES) ? List.of(services) : List.of();
      }
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: ClusterIP} | spec.ports: Required value",
        "{type: Odd, ports: [{port: 80, targetPort: 80}]} | spec.type: Unsupported value: \"Odd\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        "{type: ClusterIP, ports: [{port: 0, targetPort: 80}]} | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        "{type: ExternalName} | spec.externalName: Required value",
        "{type: ClusterIP, clusterIPs: [x], ports: [{port: 80, targetPort: 80}]} | spec.clusterIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "{type: ClusterIP, ports: [{name: a, port: 80, targetPort: 80, protocol: TCP}, {name: b, port: 80, targetPort: 81, protocol: TCP}]} | spec.ports[1]: Duplicate value: {\"protocol\":\"TCP\",\"port\":80}",
      })
  void servicesThatAreWrong(String spec, String expected) {
    var service = yaml("spec: " + spec);
    assertEquals(List.of(expected), found(violations -> services.validate(service, violations)));
  }

  @Test
  void secretsAreOpaqueAndTheirPlainDataIsEncoded() {
    var secret = yaml("{stringData: {a: b}, data: {c: ZA==}}");
    Secrets.DEFINITION.strategy().applyDefaults(secret);
    assertEquals(yaml("{type: Opaque, data: {a: Yg==, c: ZA==}}"), yaml(secret.toString()));
  }

  @Test
  void theTypeOfASecretNeverChanges() {
    assertEquals(
        List.of("type: Invalid value: \"b\": field is immutable"),
        found(
            violations ->
                Secrets.DEFINITION
                    .strategy()
                    .validateUpdate(yaml("{type: b}"), yaml("{type: a}"), violations)));
  }

  @Test
  void whatIsImmutableStaysSo() {
    var current = yaml("{immutable: true, data: {a: b}}");
    assertEquals(
        List.of(
            "immutable: Forbidden: field is immutable when `immutable` is set",
            "data: Forbidden: field is immutable when `immutable` is set"),
        found(
            violations ->
                ConfigMaps.DEFINITION
                    .strategy()
                    .validateUpdate(yaml("{data: {a: c}}"), current, violations)));
  }

  @Test
  void keysHaveTheirAlphabet() {
    assertEquals(
        List.of(
            "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric"
                + " characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex"
                + " used for validation is '[-._a-zA-Z0-9]+')"),
        found(
            violations ->
                ConfigMaps.DEFINITION.strategy().validate(yaml("{data: {'a b': c}}"), violations)));
  }

  @Test
  void amountsOfANodeAreCanonicalAndAllCanBeGivenAway() {
    var node = yaml("{status: {capacity: {memory: 2048Ki, cpu: '0.5'}}}");
    Nodes.DEFINITION.strategy().applyDefaults(node);
    assertEquals(
        yaml(
            "{status: {capacity: {memory: 2Mi, cpu: 500m}, allocatable: {memory: 2Mi, cpu: 500m}}}"),
        node);
  }

  @Test
  void aNamespaceIsActiveHasItsNameAsLabelAndItsFinalizer() {
    var namespace = yaml("{metadata: {name: n}}");
    Namespaces.DEFINITION.strategy().applyDefaults(namespace);
    Namespaces.DEFINITION.strategy().prepareForCreate(namespace, Instant.EPOCH);
    assertEquals(
        yaml(
            "{metadata: {name: n, labels: {kubernetes.io/metadata.name: n}}, status: {phase: Active},"
                + " spec: {finalizers: [kubernetes]}}"),
        namespace);
  }
}
