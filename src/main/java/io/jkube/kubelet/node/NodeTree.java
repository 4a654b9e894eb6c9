package io.jkube.kubelet.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Quantity;
import io.jkube.api.Quantity.Format;
import io.jkube.kubelet.pressure.Pressure;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The Node object as upstream's kubelet fills it. Trees, because it is on the way of every start.
 */
record NodeTree(NodeFacts facts) {
  private static final int ALLOCATABLE_DISK_PERCENT = 90;
  private static final int MAX_IMAGES = 50;
  private static final int MAX_NAMES_PER_IMAGE = 5;

  /** A new Node, without status. */
  ObjectNode object() {
    var node = Json.object().put("apiVersion", "v1").put("kind", "Node");
    var metadata = node.putObject("metadata").put("name", facts.name());
    labels(metadata.putObject("labels"));
    metadata
        .putObject("annotations")
        .put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
    node.putObject("spec");
    return node;
  }

  /** Sets the labels that are the kubelet's; answers whether that changed any. */
  boolean labels(ObjectNode labels) {
    var before = labels.deepCopy();
    facts.labels().forEach(labels::put);
    for (var prefix : List.of("", "beta.")) {
      labels.put(prefix + "kubernetes.io/arch", facts.machine().architecture());
      labels.put(prefix + "kubernetes.io/os", "linux");
    }
    labels.put("kubernetes.io/hostname", facts.name());
    return !before.equals(labels);
  }

  /**
   * @param trouble why the node is not ready; empty when it is
   * @param pressures what the machine is short of
   * @param known the conditions as they stand: unchanged ones keep their transition time
   */
  ObjectNode status(
      List<Image> images, String trouble, Set<Pressure> pressures, ArrayNode known, Instant now) {
    var status = Json.object();
    var address = status.putArray("addresses");
    address.addObject().put("type", "InternalIP").put("address", facts.address());
    address.addObject().put("type", "Hostname").put("address", facts.name());
    var machine = facts.machine();
    resources(
        status.putObject("capacity"),
        machine.memoryBytes(),
        Quantity.of(facts.diskBytes() / 1024 * 1024, Format.BINARY_SI));
    resources(
        status.putObject("allocatable"),
        NodeFacts.memoryForPods(machine),
        Quantity.of(facts.diskBytes() / 100 * ALLOCATABLE_DISK_PERCENT, Format.DECIMAL_SI));
    status.set("conditions", new NodeConditions(known, now).of(trouble, pressures));
    status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", facts.port());
    status.set("nodeInfo", info());
    if (!images.isEmpty()) {
      status.set("images", images(images));
    }
    return status;
  }

  private void resources(ObjectNode resources, long memoryBytes, Quantity disk) {
    resources.put("cpu", Integer.toString(facts.machine().cpus()));
    resources.put("ephemeral-storage", disk.toString());
    resources.put("hugepages-1Gi", "0");
    resources.put("hugepages-2Mi", "0");
    var memory = Quantity.of(memoryBytes / 1024 * 1024, Format.BINARY_SI);
    resources.put("memory", memory.toString());
    resources.put("pods", Integer.toString(facts.maxPods()));
  }

  private ObjectNode info() {
    var machine = facts.machine();
    var machineId = firstLine("/etc/machine-id");
    return Json.object()
        .put("machineID", machineId)
        .put("systemUUID", machineId)
        .put("bootID", firstLine("/proc/sys/kernel/random/boot_id"))
        .put("kernelVersion", machine.kernelVersion())
        .put("osImage", machine.osImage())
        .put("containerRuntimeVersion", machine.runtimeVersion())
        .put("kubeletVersion", facts.version())
        .put("kubeProxyVersion", "")
        .put("operatingSystem", "linux")
        .put("architecture", machine.architecture());
  }

  private static String firstLine(String file) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines.findFirst().orElse("");
    } catch (IOException notThere) {
      return "";
    }
  }

  private static ArrayNode images(List<Image> images) {
    var array = Json.array();
    images.stream()
        .filter(image -> !image.tags().isEmpty() || !image.digests().isEmpty())
        .sorted(Comparator.comparingLong(Image::sizeBytes).reversed())
        .limit(MAX_IMAGES)
        .forEach(image -> add(array.addObject(), image));
    return array;
  }

  private static void add(ObjectNode entry, Image image) {
    var names = entry.putArray("names");
    image.digests().stream().limit(MAX_NAMES_PER_IMAGE).forEach(names::add);
    image.tags().stream().limit(MAX_NAMES_PER_IMAGE).forEach(names::add);
    entry.put("sizeBytes", image.sizeBytes());
  }
}
