package io.jkube.apiserver.subresource;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.stream.Handshake;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.io.InputStream;

/** GET of {@code pods/log}: a container's output, from the kubelet of the pod's node. */
public record Log(ObjectStore objects, KubeletConnection kubelets) implements Verb {
  private static final GroupVersionKind OPTIONS = new GroupVersionKind("", "v1", "PodLogOptions");

  @Override
  public Reply handle(ResourceCall call) {
    checkOptions(call.request());
    var pod = objects.require(call.resource(), call.key()).tree();
    var container = ContainerOf.pod(pod, call.request().parameter("container"));
    var node = Tree.text(pod, "/spec/nodeName");
    var raw = call.request().raw();
    return Handshake.isWebSocket(raw)
        ? Handshake.output(raw, () -> output(call, node, container))
        : new Reply.Stream(200, "text/plain", output(call, node, container));
  }

  private InputStream output(ResourceCall call, String node, String container) {
    return node.isEmpty()
        ? InputStream.nullInputStream()
        : kubelets.containerLogs(
            node, call.namespace(), call.info().name(), container, call.request().query());
  }

  private static void checkOptions(ApiRequest request) {
    var violations = new Violations();
    long tail = number(request, "tailLines");
    if (tail < 0) {
      violations.invalid(
          "tailLines", request.parameter("tailLines"), "must be greater than or equal to 0");
    }
    if (request.has("limitBytes") && number(request, "limitBytes") < 1) {
      violations.invalid("limitBytes", request.parameter("limitBytes"), "must be greater than 0");
    }
    if (request.has("sinceSeconds") && request.has("sinceTime")) {
      violations.forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified");
    } else if (request.has("sinceSeconds") && number(request, "sinceSeconds") < 1) {
      violations.invalid(
          "sinceSeconds", request.parameter("sinceSeconds"), "must be greater than 0");
    }
    violations.throwIfAny(OPTIONS, "");
  }

  private static long number(ApiRequest request, String name) {
    var text = request.parameter(name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw ApiException.badRequest(name + " is not a number: \"" + text + "\"");
    }
  }
}
