package io.jkube.apiserver.aggregation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.apiserver.discovery.OtherVersion;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.mutation.ServerWrites;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.apiregistration.GroupPriorities;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps an APIService for each group version that is served here. Those built in are put right
 * once, at the start; those of custom resources come and go with them. What others made stays
 * theirs.
 */
final class LocalServices {
  private static final String LABEL = "kube-aggregator.kubernetes.io/automanaged";
  private static final String AT_START = "onstart";
  private static final String ALWAYS = "true";

  private final ResourceCatalog catalog;
  private final List<OtherVersion> beside;
  private final ResourceDefinition apiServices;
  private final ServerWrites writes;
  private boolean started;

  /**
   * @param beside what is served here and stands not in the catalog
   */
  LocalServices(
      ResourceCatalog catalog,
      List<OtherVersion> beside,
      ResourceDefinition apiServices,
      ServerWrites writes) {
    this.catalog = catalog;
    this.beside = List.copyOf(beside);
    this.apiServices = apiServices;
    this.writes = writes;
  }

  /**
   * @param current all APIServices there are
   */
  void settle(List<ObjectNode> current) {
    var byName = new HashMap<String, ObjectNode>();
    current.forEach(each -> byName.put(ServerWrites.key(each).name(), each));
    var wanted = wanted();
    wanted.forEach((name, local) -> settle(byName.get(name), local));
    for (var each : current) {
      var key = ServerWrites.key(each);
      if (!wanted.containsKey(key.name()) && isOurs(label(each))) {
        writes.delete(apiServices, key);
      }
    }
    started = true;
  }

  private boolean isOurs(String label) {
    return label.equals(ALWAYS) || label.equals(AT_START) && !started;
  }

  private void settle(ObjectNode there, ObjectNode wanted) {
    boolean onlyAtStart = label(wanted).equals(AT_START);
    if (there == null) {
      if (!onlyAtStart || !started) {
        writes.create(apiServices, wanted);
      }
    } else if (isOurs(label(there))
        && !RemoteApi.isMeant(there)
        && !there.path("spec").equals(wanted.path("spec"))) {
      writes.update(
          apiServices,
          ServerWrites.key(there),
          Part.MAIN,
          found -> {
            var next = found.deepCopy();
            next.set("spec", wanted.path("spec").deepCopy());
            return next;
          });
    }
  }

  private Map<String, ObjectNode> wanted() {
    var builtIn = new HashSet<>(catalog.builtIn());
    var wanted = new LinkedHashMap<String, ObjectNode>();
    for (var definition : catalog.all()) {
      var resource = definition.resource();
      if (!resource.group().equals(Resources.API_SERVICES.group())) {
        var name = resource.version() + "." + resource.group();
        var label = builtIn.contains(definition) ? AT_START : ALWAYS;
        int ofGroup = GroupPriorities.ofGroup(resource.group());
        int ofVersion = GroupPriorities.ofVersion(resource.group(), resource.version());
        wanted.putIfAbsent(
            name, local(label, resource.group(), resource.version(), ofGroup, ofVersion));
      }
    }
    for (var own : beside) {
      var local =
          local(AT_START, own.group(), own.version(), own.groupPriority(), own.versionPriority());
      wanted.put(own.version() + "." + own.group(), local);
    }
    return wanted;
  }

  private static ObjectNode local(
      String label, String group, String version, int ofGroup, int ofVersion) {
    var local = Json.object();
    local.put("apiVersion", Resources.API_SERVICES.apiVersion()).put("kind", "APIService");
    var metadata = local.putObject("metadata").put("name", version + "." + group);
    metadata.putObject("labels").put(LABEL, label);
    var spec = local.putObject("spec");
    if (!group.isEmpty()) {
      spec.put("group", group);
    }
    spec.put("groupPriorityMinimum", ofGroup)
        .put("version", version)
        .put("versionPriority", ofVersion);
    return local;
  }

  private static String label(ObjectNode apiService) {
    return apiService.at("/metadata/labels").path(LABEL).asText();
  }
}
