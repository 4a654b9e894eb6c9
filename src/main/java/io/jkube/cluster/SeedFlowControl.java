package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.fairness.BootstrapFlows;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Makes the priority levels and flow schemas that every cluster has, and brings those up to date
 * that nobody took over by their annotation {@link BootstrapFlows#AUTO_UPDATE}.
 */
final class SeedFlowControl implements StartupStep {
  @Override
  public String title() {
    return "Seed the priority levels";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(BuildApi.class);
  }

  @Override
  public void start(Parts parts) throws InterruptedException, ExecutionException {
    var api = parts.api();
    var writes = new ArrayList<Callable<Void>>();
    collect(api, BootstrapFlows.LEVELS, BootstrapFlows.levels(), writes);
    collect(api, BootstrapFlows.SCHEMAS, BootstrapFlows.schemas(), writes);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var written : executor.invokeAll(writes)) {
        written.get();
      }
    }
  }

  private static void collect(
      ApiClient api,
      GroupVersionResource resource,
      List<ObjectNode> wanted,
      List<Callable<Void>> writes) {
    var found = new HashMap<String, ObjectNode>();
    api.list(resource, "", ListOptions.ALL)
        .items()
        .forEach(each -> found.put(each.at("/metadata/name").asText(), each));
    for (var each : wanted) {
      var there = found.get(each.at("/metadata/name").asText());
      if (there == null) {
        writes.add(Executors.callable(() -> Seeds.create(api, resource, each), null));
      } else if (isOurs(there) && !there.path("spec").equals(each.path("spec"))) {
        var next = there.deepCopy();
        next.set("spec", each.path("spec"));
        writes.add(Executors.callable(() -> update(api, resource, next), null));
      }
    }
  }

  /** What is mandatory is the server's, whatever its annotation says. */
  private static boolean isOurs(ObjectNode there) {
    return BootstrapFlows.isMandatory(there)
        || there
            .at("/metadata/annotations")
            .path(BootstrapFlows.AUTO_UPDATE)
            .asText()
            .equals("true");
  }

  /** Somebody who is faster has their way until the next start. */
  private static void update(ApiClient api, GroupVersionResource resource, ObjectNode next) {
    try {
      api.update(resource, next);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.CONFLICT) {
        throw refused;
      }
    }
  }
}
