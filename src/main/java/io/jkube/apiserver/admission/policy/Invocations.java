package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Which policies of one kind a write concerns, by which of their bindings, and with which
 * parameters. Thread-safe.
 *
 * @param <A> what the policies do
 */
public record Invocations<A>(
    PolicySource<A> source,
    SettledKind namespaces,
    Equivalents equivalents,
    Authorizer authorizer,
    Parameters parameters) {
  private static final String GROUP = "admissionregistration.k8s.io";

  /** A policy that a write concerns by one of its bindings. */
  sealed interface Concerned<A> {
    Policy<A> policy();

    Binding binding();
  }

  /**
   * To be evaluated.
   *
   * @param seenAs the version of the resource that the policy's rules name
   */
  record Invocation<A>(
      Policy<A> policy, Binding binding, ResourceDefinition seenAs, JsonNode parameters)
      implements Concerned<A> {}

  /** Without the parameters that it is to have. */
  record Misconfigured<A>(Policy<A> policy, Binding binding, String why) implements Concerned<A> {}

  static <A> Invocations<A> of(
      String version,
      String policies,
      BiFunction<JsonNode, Scope, A> action,
      ObjectStore objects,
      Equivalents equivalents,
      Authorizer authorizer,
      Supplier<ResourceCatalog> catalog) {
    var source =
        new PolicySource<>(
            objects.settled(new GroupVersionResource(GROUP, version, policies + "policies")),
            objects.settled(new GroupVersionResource(GROUP, version, policies + "policybindings")),
            action);
    var namespaces = objects.settled(io.jkube.api.Resources.NAMESPACES);
    return new Invocations<>(
        source, namespaces, equivalents, authorizer, new Parameters(objects, catalog));
  }

  /** Whether no policy concerns anything. */
  boolean none() {
    return source.current().isEmpty();
  }

  List<Concerned<A>> of(AdmissionRequest request) {
    var all = new ArrayList<Concerned<A>>();
    for (var bound : source.current()) {
      bound
          .policy()
          .match()
          .match(request, namespaces, equivalents)
          .ifPresent(seenAs -> add(bound, seenAs, request, all));
    }
    return all;
  }

  private void add(
      PolicySource.Bound<A> bound,
      ResourceDefinition seenAs,
      AdmissionRequest request,
      List<Concerned<A>> all) {
    var policy = bound.policy();
    for (var binding : bound.bindings()) {
      if (binding.match().match(request, namespaces, equivalents).isEmpty()) {
        continue;
      }
      try {
        for (var each : parameters.of(policy.parameters(), binding, request)) {
          all.add(new Invocation<>(policy, binding, seenAs, each));
        }
      } catch (Parameters.Missing missing) {
        all.add(
            new Misconfigured<>(
                policy, binding, "failed to configure binding: " + missing.getMessage()));
      }
    }
  }
}
