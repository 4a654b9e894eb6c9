package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Containers of a pod, or of a workload's template (which has no statuses). */
public final class Containers {
  private final Page page;
  private final JsonNode pod;

  /**
   * @param pod whose fields the environment may refer to; an empty object for a template
   */
  public Containers(Page page, JsonNode pod) {
    this.page = page;
    this.pod = pod;
  }

  /**
   * @param indentation of the title: empty, or two spaces in a template
   */
  public void write(String title, JsonNode containers, JsonNode statuses, String indentation) {
    page.line(0, indentation + title + ":" + (containers.isEmpty() ? " <none>" : ""));
    for (var container : containers) {
      var name = container.path("name").asText();
      var status =
          statuses
              .valueStream()
              .filter(each -> each.path("name").asText().equals(name))
              .findFirst()
              .orElse(Json.object());
      page.line(1, (indentation.isEmpty() ? "" : " ") + name + ":");
      image(container, status);
      words("Command", container.path("command"));
      words("Args", container.path("args"));
      if (!status.isEmpty()) {
        new ContainerStates(page).write(status);
      }
      resources(container.path("resources"), 2);
      probe("Liveness", container.path("livenessProbe"));
      probe("Readiness", container.path("readinessProbe"));
      probe("Startup", container.path("startupProbe"));
      new Environment(page, pod).write(container);
      mounts(container);
    }
  }

  private void image(JsonNode container, JsonNode status) {
    if (!status.isEmpty()) {
      page.field(2, "Container ID", status.path("containerID").asText());
    }
    page.field(2, "Image", container.path("image").asText());
    if (!status.isEmpty()) {
      page.field(2, "Image ID", status.path("imageID").asText());
    }
    ports("Port", container.path("ports"), Containers::port);
    ports("Host Port", container.path("ports"), Containers::hostPort);
    var seccomp = container.path("securityContext").path("seccompProfile");
    page.optional(2, "SeccompProfile", seccomp.path("type").asText());
    page.optional(3, "LocalhostProfile", seccomp.path("localhostProfile").asText());
  }

  private void ports(String title, JsonNode ports, Function<JsonNode, String> shown) {
    var text = ports.valueStream().map(shown).collect(Collectors.joining(", "));
    page.field(2, ports.size() > 1 ? title + "s" : title, text.isEmpty() ? "<none>" : text);
  }

  private static String port(JsonNode port) {
    return named(port, port.path("containerPort").asInt());
  }

  private static String hostPort(JsonNode port) {
    return named(port, port.path("hostPort").asInt());
  }

  private static String named(JsonNode port, int number) {
    var name = port.path("name").asText();
    var shown = number + "/" + port.path("protocol").asText("TCP");
    return name.isEmpty() ? shown : shown + " (" + name + ")";
  }

  private void words(String title, JsonNode words) {
    if (!words.isEmpty()) {
      page.line(2, title + ":");
      for (var word : words) {
        List.of(word.asText().split("\n", -1)).forEach(line -> page.line(3, line));
      }
    }
  }

  /** Limits and requests, by name. */
  public void resources(JsonNode resources, int level) {
    Quantities.write("Limits", resources.path("limits"), level, page);
    Quantities.write("Requests", resources.path("requests"), level, page);
  }

  private void probe(String title, JsonNode probe) {
    if (probe.isObject()) {
      page.field(2, title, ProbeText.of(probe));
    }
  }

  private void mounts(JsonNode container) {
    var mounts = container.path("volumeMounts");
    page.line(2, mounts.isEmpty() ? "Mounts:\t<none>" : "Mounts:");
    mounts
        .valueStream()
        .sorted(Comparator.comparing(mount -> mount.path("mountPath").asText()))
        .forEach(
            mount -> {
              var subPath = mount.path("subPath").asText();
              page.line(
                  3,
                  "%s from %s (%s%s)"
                      .formatted(
                          mount.path("mountPath").asText(),
                          mount.path("name").asText(),
                          mount.path("readOnly").asBoolean() ? "ro" : "rw",
                          subPath.isEmpty() ? "" : ",path=\"" + subPath + "\""));
            });
  }
}
