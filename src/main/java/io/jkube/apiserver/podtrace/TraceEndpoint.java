package io.jkube.apiserver.podtrace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.registry.Tree;
import io.jkube.trace.Hop;
import io.jkube.trace.PodTraces;
import java.util.Optional;
import java.util.regex.Pattern;

/** GET of {@code /jkube/v1/pods/{namespace}/{name}/trace}: the way of a pod, hop by hop. */
public record TraceEndpoint(ObjectStore objects, PodTraces traces) {
  private static final Pattern PATH = Pattern.compile("/jkube/v1/pods/([^/]+)/([^/]+)/trace");

  public Optional<Reply> answer(ApiRequest request) {
    var path = PATH.matcher(request.path());
    return path.matches()
        ? Optional.of(Reply.ok(trace(new ObjectKey(path.group(1), path.group(2)))))
        : Optional.empty();
  }

  private ObjectNode trace(ObjectKey key) {
    var pod =
        objects
            .get(Resources.PODS, key)
            .orElseThrow(() -> ApiException.notFound(Resources.PODS, key.name()))
            .tree();
    var uid = Tree.text(pod, "/metadata/uid");
    var document = Json.object().put("kind", "PodTrace").put("apiVersion", "jkube.io/v1");
    document
        .putObject("pod")
        .put("namespace", key.namespace())
        .put("name", key.name())
        .put("uid", uid);
    var hops = document.putArray("hops");
    for (var hop : traces.of(uid)) {
      describe(hops.addObject(), hop);
    }
    return document;
  }

  private static void describe(ObjectNode entry, Hop hop) {
    entry
        .put("time", hop.time().toString())
        .put("component", hop.component())
        .put("step", hop.step())
        .put("revision", hop.revision());
    var detail = entry.putObject("detail");
    hop.detail().forEach(detail::put);
  }
}
