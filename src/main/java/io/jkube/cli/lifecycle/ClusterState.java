package io.jkube.cli.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A cluster as {@code status} and {@code list} tell it. */
record ClusterState(ClusterFolder folder, Optional<ServerRecord> server) {
  static ClusterState of(ClusterFolder folder) {
    return new ClusterState(folder, ServerRecord.ofRunning(folder));
  }

  boolean runs() {
    return server.isPresent();
  }

  /** How services are routed; empty where that is not known (yet). */
  String services() {
    return read(folder.services());
  }

  /** Where ingresses are reached; empty while there are none. */
  String ingress() {
    return read(folder.ingress());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unknown) {
      return "";
    }
  }

  String word() {
    return runs() ? "Running" : "Stopped";
  }

  ObjectNode json() {
    var node = Json.object().put("name", folder.name()).put("status", word());
    node.put("folder", folder.path().toString());
    server.ifPresent(
        record -> {
          node.put("server", record.url()).put("nodes", record.nodes());
          node.put("runtime", record.runtime()).put("version", record.version());
          node.put("services", services());
          if (!ingress().isEmpty()) {
            node.put("ingress", ingress());
          }
          node.put("pid", record.pid()).put("started", record.started().toString());
        });
    return node;
  }
}
