package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The volumes of a pod or of a workload's template. */
public final class Volumes {
  private Volumes() {}

  public static void write(JsonNode volumes, Page page, String indentation) {
    if (volumes.isEmpty()) {
      page.line(0, indentation + "Volumes:\t<none>");
      return;
    }
    page.line(0, indentation + "Volumes:");
    for (var volume : volumes) {
      page.line(1, (indentation.isEmpty() ? "" : " ") + volume.path("name").asText() + ":");
      volume
          .propertyStream()
          .filter(each -> !each.getKey().equals("name"))
          .findFirst()
          .ifPresentOrElse(source -> write(source, page), () -> page.line(1, "<unknown>"));
    }
  }

  private static void write(Map.Entry<String, JsonNode> entry, Page page) {
    var source = entry.getValue();
    switch (entry.getKey()) {
      case "hostPath" -> {
        page.field(2, "Type", "HostPath (bare host directory volume)");
        page.field(2, "Path", source.path("path").asText());
        page.field(2, "HostPathType", source.path("type").asText("<none>"));
      }
      case "emptyDir" -> {
        page.field(2, "Type", "EmptyDir (a temporary directory that shares a pod's lifetime)");
        page.field(2, "Medium", source.path("medium").asText());
        page.field(2, "SizeLimit", source.path("sizeLimit").asText("<unset>"));
      }
      case "secret" -> {
        page.field(2, "Type", "Secret (a volume populated by a Secret)");
        page.field(2, "SecretName", source.path("secretName").asText());
        page.field(2, "Optional", source.path("optional").asBoolean());
      }
      case "configMap" -> {
        page.field(2, "Type", "ConfigMap (a volume populated by a ConfigMap)");
        page.field(2, "Name", source.path("name").asText());
        page.field(2, "Optional", source.path("optional").asBoolean());
      }
      case "persistentVolumeClaim" -> {
        page.field(
            2,
            "Type",
            "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)");
        page.field(2, "ClaimName", source.path("claimName").asText());
        page.field(2, "ReadOnly", source.path("readOnly").asBoolean());
      }
      case "downwardAPI" -> {
        page.field(2, "Type", "DownwardAPI (a volume populated by information about the pod)");
        page.line(2, "Items:");
        source.path("items").forEach(item -> downward(item, page));
      }
      case "projected" -> projected(source, page);
      case "nfs" -> {
        page.field(2, "Type", "NFS (an NFS mount that lasts the lifetime of a pod)");
        page.field(2, "Server", source.path("server").asText());
        page.field(2, "Path", source.path("path").asText());
        page.field(2, "ReadOnly", source.path("readOnly").asBoolean());
      }
      case "csi" -> {
        page.field(2, "Type", "CSI (a Container Storage Interface (CSI) volume source)");
        page.field(2, "Driver", source.path("driver").asText());
        page.field(2, "FSType", source.path("fsType").asText());
        page.field(2, "ReadOnly", source.path("readOnly").asBoolean());
        page.labels("    VolumeAttributes", source.path("volumeAttributes"));
      }
      case "image" -> {
        page.field(2, "Type", "Image (a container image or OCI artifact)");
        page.field(2, "Reference", source.path("reference").asText());
        page.field(2, "PullPolicy", source.path("pullPolicy").asText());
      }
      default -> new Fields(page).write(entry.getKey(), source, 2);
    }
  }

  private static void downward(JsonNode item, Page page) {
    var from = item.path("fieldRef").path("fieldPath");
    var shown = from.isTextual() ? from : item.path("resourceFieldRef").path("resource");
    page.line(3, shown.asText() + " -> " + item.path("path").asText());
  }

  private static void projected(JsonNode projected, Page page) {
    page.field(2, "Type", "Projected (a volume that contains injected data from multiple sources)");
    for (var source : projected.path("sources")) {
      if (source.has("secret")) {
        page.field(2, "SecretName", source.path("secret").path("name").asText());
        page.field(2, "Optional", source.path("secret").path("optional").asBoolean());
      } else if (source.has("downwardAPI")) {
        page.field(2, "DownwardAPI", true);
      } else if (source.has("configMap")) {
        page.field(2, "ConfigMapName", source.path("configMap").path("name").asText());
        page.field(2, "Optional", source.path("configMap").path("optional").asBoolean());
      } else if (source.has("serviceAccountToken")) {
        page.field(
            2,
            "TokenExpirationSeconds",
            source.path("serviceAccountToken").path("expirationSeconds").asInt());
      }
    }
  }
}
