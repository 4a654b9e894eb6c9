package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import java.util.ArrayList;
import java.util.List;

/** Which container of a pod a request means. */
final class ContainerOf {
  private ContainerOf() {}

  /**
   * @param asked empty for the only one
   * @throws ApiException BadRequest when the pod has no such container, or several to choose from
   */
  static String pod(ObjectNode pod, String asked) {
    var name = pod.at("/metadata/name").asText();
    var all = names(pod.at("/spec/containers"));
    var init = names(pod.at("/spec/initContainers"));
    if (asked.isEmpty()) {
      if (all.size() == 1) {
        return all.getFirst();
      }
      var choice = "a container name must be specified for pod " + name;
      choice += ", choose one of: " + listed(all);
      throw ApiException.badRequest(
          init.isEmpty() ? choice : choice + " or one of the init containers: " + listed(init));
    }
    if (all.contains(asked)
        || init.contains(asked)
        || names(pod.at("/spec/ephemeralContainers")).contains(asked)) {
      return asked;
    }
    throw ApiException.badRequest("container " + asked + " is not valid for pod " + name);
  }

  private static List<String> names(JsonNode containers) {
    var names = new ArrayList<String>();
    containers.forEach(container -> names.add(container.path("name").asText()));
    return names;
  }

  private static String listed(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
