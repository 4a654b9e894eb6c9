package io.jkube.kubelet.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.runtime.ContainerRuntime.RegistryCredentials;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The credentials a pod may pull with: its imagePullSecrets (a missing one is no failure, as
 * upstream), then what {@code docker login} left.
 */
public final class PullSecrets {
  private final ObjectLookup objects;
  private final DockerConfigFile ofUser;

  public PullSecrets(ObjectLookup objects, DockerConfigFile ofUser) {
    this.objects = objects;
    this.ofUser = ofUser;
  }

  /** In the order to try them; empty: only without credentials. */
  public List<RegistryCredentials> of(Pod pod, ImageName image) {
    var credentials = new ArrayList<RegistryCredentials>();
    for (var reference : pod.getSpec().getImagePullSecrets()) {
      objects
          .secret(pod.getMetadata().getNamespace(), reference.getName())
          .map(PullSecrets::auths)
          .ifPresent(auths -> credentials.addAll(auths.matching(image)));
    }
    credentials.addAll(ofUser.matching(image));
    return credentials;
  }

  private static RegistryAuths auths(ObjectNode secret) {
    var data = secret.path("data");
    var modern = data.path(".dockerconfigjson").asText("");
    var old = data.path(".dockercfg").asText("");
    try {
      var text = Base64.getDecoder().decode(modern.isEmpty() ? old : modern);
      var config = text.length == 0 ? Json.object() : Json.parse(text);
      return RegistryAuths.of(modern.isEmpty() ? config : config.path("auths"));
    } catch (IllegalArgumentException | ApiException malformed) {
      return RegistryAuths.of(Json.object());
    }
  }
}
