package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives a ClusterRole with an {@code aggregationRule} the rules of all roles that it selects
 * ("Aggregated ClusterRoles" in the documentation of Kubernetes). The names it works on are those
 * of such roles; a change of any role may concern each of them.
 */
final class RoleAggregation implements Reconciler {
  static final String NAME = "clusterrole-aggregation-controller";

  private static final GroupVersionResource ROLES =
      new GroupVersionResource("rbac.authorization.k8s.io", "v1", "clusterroles");
  private static final int WORKERS = 1;

  private final ApiClient client;
  private final Informer<ObjectNode> roles;

  private RoleAggregation(ApiClient client) {
    this.client = client;
    this.roles = Informer.of(client, ROLES).build();
  }

  static ControllerRunner runner(ApiClient client, InstantSource clock) {
    var aggregation = new RoleAggregation(client);
    var runner = new ControllerRunner(NAME, aggregation, WORKERS, clock);
    return runner.watch(
        aggregation.roles,
        ObjectHandler.onEvery(
            (key, any) ->
                aggregation.roles.list("").stream()
                    .filter(RoleAggregation::collects)
                    .forEach(role -> runner.enqueue(Json.key(role)))));
  }

  private static boolean collects(ObjectNode role) {
    return role.hasNonNull("aggregationRule");
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var role = roles.get(key).filter(RoleAggregation::collects);
    if (role.isEmpty()) {
      return Result.done();
    }
    var rules = rulesOf(selected(role.get()));
    if (!rules.equals(role.get().path("rules"))) {
      var next = role.get().deepCopy();
      next.set("rules", rules);
      client.update(ROLES, next);
    }
    return Result.done();
  }

  /** By name, so that the same roles always come to the same rules. */
  private List<ObjectNode> selected(ObjectNode role) {
    var own = Json.key(role);
    var selectors = new ArrayList<LabelSelector>();
    role.at("/aggregationRule/clusterRoleSelectors")
        .forEach(selector -> selectors.add(LabelSelector.of(selector)));
    return roles.list("").stream()
        .filter(each -> !Json.key(each).equals(own))
        .filter(
            each ->
                selectors.stream()
                    .anyMatch(selector -> selector.matches(each.at("/metadata/labels"))))
        .sorted(Comparator.comparing(each -> Json.key(each).name()))
        .toList();
  }

  private static ArrayNode rulesOf(List<ObjectNode> roles) {
    var all = Json.array();
    for (var role : roles) {
      for (var rule : role.path("rules")) {
        boolean there = false;
        for (var each : all) {
          there = there || each.equals(rule);
        }
        if (!there) {
          all.add(rule.deepCopy());
        }
      }
    }
    return all;
  }
}
