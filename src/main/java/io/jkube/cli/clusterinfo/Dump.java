package io.jkube.cli.clusterinfo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.print.ObjectPrinter;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.PathSegment;
import io.jkube.client.ApiCall;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One dump: to stdout, or into a folder as a file each. Files are for their owner alone, as logs
 * may hold what nobody else should read.
 *
 * @param folder null for stdout
 */
record Dump(CommandContext context, ObjectPrinter printer, String format, Path folder) {
  private static final GroupVersionResource PODS = core("pods");
  private static final Map<String, GroupVersionResource> KINDS = kinds();

  /** What is dumped of a namespace beside pods: file name and resource. */
  private static Map<String, GroupVersionResource> kinds() {
    var kinds = new LinkedHashMap<String, GroupVersionResource>();
    kinds.put("events", core("events"));
    kinds.put("replication-controllers", core("replicationcontrollers"));
    kinds.put("services", core("services"));
    kinds.put("daemonsets", apps("daemonsets"));
    kinds.put("deployments", apps("deployments"));
    kinds.put("replicasets", apps("replicasets"));
    kinds.put("pods", PODS);
    return kinds;
  }

  private static GroupVersionResource core(String resource) {
    return new GroupVersionResource("", "v1", resource);
  }

  private static GroupVersionResource apps(String resource) {
    return new GroupVersionResource("apps", "v1", resource);
  }

  void nodes() {
    print("nodes", list(core("nodes"), ""));
  }

  List<String> allNamespaces() {
    return list(core("namespaces"), "")
        .path("items")
        .valueStream()
        .map(each -> each.path("metadata").path("name").asText())
        .toList();
  }

  void namespace(String namespace) {
    KINDS.forEach((file, kind) -> print(namespace + "/" + file, list(kind, namespace)));
    for (var pod : list(PODS, namespace).path("items")) {
      logs(namespace, pod);
    }
  }

  /** An empty list where the server does not serve the kind (yet). */
  private ObjectNode list(GroupVersionResource resource, String namespace) {
    try {
      return context.transport().send(ApiCall.of("GET", resource.path(namespace), Map.of(), null));
    } catch (ApiException refused) {
      if (!Awaiting.isNotFound(refused)) {
        throw refused;
      }
      var empty = Json.object().put("apiVersion", "v1").put("kind", "List");
      empty.putArray("items");
      return empty;
    }
  }

  private void print(String name, ObjectNode list) {
    to(name + "." + format, out -> printer.print(list, out));
  }

  private void logs(String namespace, JsonNode pod) {
    var name = pod.path("metadata").path("name").asText();
    to(
        namespace + "/" + name + "/logs.txt",
        out -> {
          pod.path("spec").path("initContainers").forEach(each -> log(namespace, name, each, out));
          pod.path("spec").path("containers").forEach(each -> log(namespace, name, each, out));
        });
  }

  private void log(String namespace, String pod, JsonNode container, PrintStream out) {
    var containerName = container.path("name").asText();
    var title =
        "logs for container %s of pod %s/%s ====\n".formatted(containerName, namespace, pod);
    out.print("==== START " + title);
    var path = PODS.path(namespace) + "/" + PathSegment.escape(pod) + "/log";
    var query = Map.of("container", List.of(containerName));
    try (var log = context.transport().stream(new ApiCall("GET", path, query, "*/*", null, null))) {
      log.transferTo(out);
    } catch (ApiException | IOException failed) {
      out.print("Request log error: " + failed.getMessage() + "\n");
    }
    out.print("==== END " + title);
  }

  /** Something that writes a file of the dump. */
  private interface Content {
    void write(PrintStream out);
  }

  private void to(String name, Content content) {
    if (folder == null) {
      content.write(context.out());
      return;
    }
    var file = folder.resolve(name);
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (OutputStream bytes = open(file);
          var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
        content.write(out);
      }
    } catch (IOException failed) {
      throw new CommandFailure("writing " + file + ": " + failed.getMessage());
    }
  }

  private static OutputStream open(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new FileOutputStream(file.toFile());
  }
}
