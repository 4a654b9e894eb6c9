package io.jkube.apiserver.aggregation;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.webhook.ClientConfig;
import java.util.Objects;

/**
 * A group version that another server serves, as an APIService says it.
 *
 * @param service behind which the server is
 * @param authorities PEM certificates in base64, of who may have signed the server's; empty for
 *     those that this machine trusts
 * @param trusting whether the server's certificate is not looked at
 */
record RemoteApi(
    String group,
    String version,
    int groupPriority,
    int versionPriority,
    ClientConfig.Service service,
    String authorities,
    boolean trusting) {
  RemoteApi {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(authorities, "authorities");
  }

  /** Whether an APIService is about another server. */
  static boolean isMeant(ObjectNode apiService) {
    return apiService.at("/spec/service").isObject();
  }

  static RemoteApi of(ObjectNode apiService) {
    var spec = apiService.path("spec");
    return new RemoteApi(
        text(spec, "/group"),
        text(spec, "/version"),
        spec.path("groupPriorityMinimum").asInt(),
        spec.path("versionPriority").asInt(),
        new ClientConfig.Service(
            text(spec, "/service/namespace"),
            text(spec, "/service/name"),
            spec.at("/service/port").asInt()),
        text(spec, "/caBundle"),
        spec.path("insecureSkipTLSVerify").asBoolean());
  }

  String apiVersion() {
    return group + "/" + version;
  }

  /** Where its resources are listed. */
  String path() {
    return "/apis/" + apiVersion();
  }
}
