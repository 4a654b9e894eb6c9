package io.jkube.apiserver.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.mutation.ServerWrites;
import io.jkube.apiserver.storage.Follower;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Tree;
import io.jkube.registry.admissionregistration.PolicyTypes;

/**
 * Tells in the status of ValidatingAdmissionPolicies what does not fit the kinds they are about.
 * Schemas and the language of expressions are the server's, so it does this itself.
 */
public final class PolicyStatus implements AutoCloseable {
  private final ObjectStore objects;
  private final ResourceDefinition policies;
  private final PolicyTypes types;
  private final ServerWrites writes;
  private final Follower follower;

  public PolicyStatus(
      ObjectStore objects, Mutations mutations, ResourceDefinition policies, PolicyTypes types) {
    this.objects = objects;
    this.policies = policies;
    this.types = types;
    this.writes = new ServerWrites(mutations);
    this.follower = new Follower(objects, policies, this::settle);
  }

  private void settle() {
    objects.all(policies).stream()
        .map(StoredObject::tree)
        .filter(policy -> isNew(policy))
        .forEach(this::check);
  }

  private static boolean isNew(ObjectNode policy) {
    return policy.at("/metadata/generation").asLong()
        > policy.at("/status/observedGeneration").asLong();
  }

  private void check(ObjectNode policy) {
    var warnings = types.warnings(policy);
    var generation = policy.at("/metadata/generation");
    writes.update(
        policies,
        ServerWrites.key(policy),
        Part.STATUS,
        current -> {
          var next = current.deepCopy();
          Tree.child(next, "metadata").remove("resourceVersion");
          if (current.at("/metadata/uid").equals(policy.at("/metadata/uid"))) {
            var status = Tree.child(next, "status");
            status.set("observedGeneration", generation);
            var checked = status.putObject("typeChecking");
            if (!warnings.isEmpty()) {
              checked.set("expressionWarnings", warnings);
            }
          }
          return next;
        });
  }

  @Override
  public void close() {
    follower.close();
  }
}
