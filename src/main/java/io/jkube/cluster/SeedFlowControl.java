package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.fairness.BootstrapFlows;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

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
    var writes = new ArrayList<Runnable>();
    collect(api, BootstrapFlows.LEVELS, BootstrapFlows.levels(), writes);
    collect(api, BootstrapFlows.SCHEMAS, BootstrapFlows.schemas(), writes);
    Seeds.write(writes);
  }

  private static void collect(
      ApiClient api,
      GroupVersionResource resource,
      List<ObjectNode> wanted,
      List<Runnable> writes) {
    var found = new HashMap<String, ObjectNode>();
    api.list(resource, "", ListOptions.ALL)
        .items()
        .forEach(each -> found.put(each.at("/metadata/name").asText(), each));
    for (var each : wanted) {
      var there = found.get(each.at("/metadata/name").asText());
      if (there == null) {
        writes.add(() -> Seeds.create(api, resource, each));
      } else if (isOurs(there) && !there.path("spec").equals(each.path("spec"))) {
        var next = there.deepCopy();
        next.set("spec", each.path("spec"));
        writes.add(() -> Seeds.update(api, resource, next));
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
}
