package io.jkube.scheduler.plugin;

import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.scheduler.framework.BindPlugin;
import io.jkube.scheduler.framework.PodInfo;

/** Posts the binding; the pod's uid in it keeps a successor of the same name unbound. */
public record DefaultBinder(ApiClient client) implements BindPlugin {
  @Override
  public String name() {
    return "DefaultBinder";
  }

  @Override
  public void bind(PodInfo pod, String nodeName) {
    var binding = Json.object().put("apiVersion", "v1").put("kind", "Binding");
    binding
        .putObject("metadata")
        .put("namespace", pod.key().namespace())
        .put("name", pod.key().name())
        .put("uid", pod.uid());
    binding.putObject("target").put("kind", "Node").put("name", nodeName);
    client.create(Resources.PODS, pod.key(), "binding", binding);
  }
}
