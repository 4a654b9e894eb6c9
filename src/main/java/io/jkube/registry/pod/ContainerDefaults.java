package io.jkube.registry.pod;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfEmpty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import io.jkube.registry.validation.Quantities;

/** What upstream fills in for a container of any sort. */
final class ContainerDefaults {
  private static final String[] PROBES = {"livenessProbe", "readinessProbe", "startupProbe"};
  private static final String[] HOOKS = {"postStart", "preStop"};

  private ContainerDefaults() {}

  static void apply(ObjectNode container) {
    var image = Tree.text(container, "/image");
    putIfEmpty(container, "imagePullPolicy", ImageReference.defaultPullPolicy(image));
    putIfEmpty(container, "terminationMessagePath", "/dev/termination-log");
    putIfEmpty(container, "terminationMessagePolicy", "File");
    Quantities.canonical(child(container, "resources"), "limits", "requests");
    objects(container, "/ports").forEach(port -> putIfEmpty(port, "protocol", "TCP"));
    objects(container, "/env").forEach(ContainerDefaults::fieldReference);
    for (var name : PROBES) {
      if (container.get(name) instanceof ObjectNode probe) {
        probe(probe);
      }
    }
    for (var name : HOOKS) {
      if (container.at("/lifecycle/" + name) instanceof ObjectNode hook) {
        httpGet(hook);
      }
    }
  }

  /** The field reference of an environment variable or of a downward API file. */
  static void fieldReference(ObjectNode holder) {
    var field =
        holder.has("valueFrom") ? holder.at("/valueFrom/fieldRef") : holder.path("fieldRef");
    if (field instanceof ObjectNode reference) {
      putIfEmpty(reference, "apiVersion", "v1");
    }
    var resource = holder.at("/valueFrom/resourceFieldRef");
    if (resource.isMissingNode()) {
      resource = holder.path("resourceFieldRef");
    }
    if (resource instanceof ObjectNode reference && !reference.has("divisor")) {
      reference.put("divisor", "0");
    }
  }

  private static void probe(ObjectNode probe) {
    putIfZero(probe, "timeoutSeconds", 1);
    putIfZero(probe, "periodSeconds", 10);
    putIfZero(probe, "successThreshold", 1);
    putIfZero(probe, "failureThreshold", 3);
    httpGet(probe);
    if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.has("service")) {
      grpc.put("service", "");
    }
  }

  private static void httpGet(ObjectNode holder) {
    if (holder.get("httpGet") instanceof ObjectNode get) {
      putIfEmpty(get, "path", "/");
      putIfEmpty(get, "scheme", "HTTP");
    }
  }

  private static void putIfZero(ObjectNode object, String field, int value) {
    if (object.path(field).asInt() == 0) {
      object.put(field, value);
    }
  }
}
