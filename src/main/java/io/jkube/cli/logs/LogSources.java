package io.jkube.cli.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Resources;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.PathSegment;
import io.jkube.cli.stream.PodContainers;
import io.jkube.cli.stream.PodsOf;
import java.util.List;

/** Finds the containers that a command line means. */
final class LogSources {
  private final Logs flags;
  private final CommandContext context;
  private final String namespace;
  private final PodsOf pods;

  LogSources(Logs flags, CommandContext context) {
    this.flags = flags;
    this.context = context;
    this.namespace = flags.namespace.in(context);
    this.pods = new PodsOf(context, namespace, "cannot get the logs from");
  }

  List<LogSource> find() {
    if (!flags.selector.isEmpty()) {
      var selected = pods.selected(flags.selector);
      if (selected.isEmpty()) {
        context.err().println("No resources found in " + namespace + " namespace.");
      }
      return ofAll(selected);
    }
    var named = flags.arguments.getFirst();
    if (!named.contains("/")) {
      return containers(pod(named));
    }
    var found = pods.find(named);
    return found.type().kind().equals("Pod") ? ofAll(found.pods()) : ofWorkload(found.pods());
  }

  private JsonNode pod(String name) {
    try {
      return pods.get(Resources.PODS.path(namespace) + "/" + PathSegment.escape(name));
    } catch (ApiException refused) {
      if (!Awaiting.isNotFound(refused)) {
        throw refused;
      }
      throw new CommandFailure(
          "error from server (NotFound): pods \"%s\" not found in namespace \"%s\""
              .formatted(name, namespace));
    }
  }

  private List<LogSource> ofWorkload(List<ObjectNode> found) {
    if (flags.allPods) {
      flags.prefix = true;
      return ofAll(found);
    }
    if (found.size() > 1) {
      context.err().println("Found " + found.size() + " pods, using pod/" + name(found.getFirst()));
    }
    return containers(found.getFirst());
  }

  private List<LogSource> ofAll(List<ObjectNode> found) {
    return found.stream().flatMap(pod -> containers(pod).stream()).toList();
  }

  private List<LogSource> containers(JsonNode pod) {
    var containers = new PodContainers(pod);
    if (flags.allContainers) {
      return containers.names().stream().map(name -> source(pod, name)).toList();
    }
    if (flags.container.isEmpty()) {
      return List.of(source(pod, containers.preferred(flags.allPods ? null : context.err())));
    }
    if (!containers.names().contains(flags.container)) {
      throw new CommandFailure(
          "container %s is not valid for pod %s out of: %s"
              .formatted(flags.container, name(pod), containers.listed()));
    }
    return List.of(source(pod, flags.container));
  }

  private LogSource source(JsonNode pod, String container) {
    return new LogSource(namespace, name(pod), container);
  }

  private static String name(JsonNode pod) {
    return pod.path("metadata").path("name").asText();
  }
}
