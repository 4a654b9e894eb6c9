package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.Set;

/** What the volumes of a pod must be like. */
final class VolumeValidation {
  private static final int MAX_MODE = 0777;
  private static final List<String> HOST_PATH_TYPES =
      List.of(
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");

  private final Rules rules;
  private final Violations violations;

  VolumeValidation(Rules rules) {
    this.rules = rules;
    this.violations = rules.violations();
  }

  void validate(List<ObjectNode> volumes, String path) {
    rules.unique(volumes, "name", path);
    for (int i = 0; i < volumes.size(); i++) {
      var at = path + "[" + i + "]";
      rules.name(volumes.get(i), "name", at, NameRule.DNS_LABEL);
      rules.exactlyOneType(volumes.get(i), Set.of("name"), at, "volume");
      for (var source : volumes.get(i).properties()) {
        source(source.getKey(), source.getValue(), at + "." + source.getKey());
      }
    }
  }

  private void source(String kind, JsonNode source, String at) {
    switch (kind) {
      case "hostPath" -> {
        rules.required(source, "path", at);
        rules.oneOf(source, "type", at, HOST_PATH_TYPES);
        if (List.of(text(source, "/path").split("/")).contains("..")) {
          violations.invalid(at + ".path", text(source, "/path"), "must not contain '..'");
        }
      }
      case "secret" -> {
        rules.required(source, "secretName", at);
        files(source, at);
      }
      case "configMap" -> {
        rules.required(source, "name", at);
        files(source, at);
      }
      case "downwardAPI" -> mode(source, "defaultMode", at);
      case "projected" -> projected(source, at);
      case "persistentVolumeClaim" -> rules.required(source, "claimName", at);
      case "nfs" -> {
        rules.required(source, "server", at);
        rules.required(source, "path", at);
      }
      default -> {} // the name of the volume, and sources whose drivers check them
    }
  }

  private void projected(JsonNode projected, String at) {
    mode(projected, "defaultMode", at);
    int index = 0;
    for (var source : objects(projected, "/sources")) {
      var here = at + ".sources[" + index++ + "]";
      if (source.size() > 1) {
        violations.forbidden(here, "may not specify more than 1 volume type");
      }
      for (var name : List.of("secret", "configMap")) {
        if (source.has(name)) {
          rules.required(source.path(name), "name", here + "." + name);
          files(source.path(name), here + "." + name);
        }
      }
      if (source.get("serviceAccountToken") instanceof ObjectNode token) {
        rules.required(token, "path", here + ".serviceAccountToken");
        if (token.path("expirationSeconds").asLong() < 600) {
          violations.invalid(
              here + ".serviceAccountToken.expirationSeconds",
              token.get("expirationSeconds"),
              "may not specify a duration less than 10 minutes");
        }
      }
    }
  }

  private void files(JsonNode source, String at) {
    mode(source, "defaultMode", at);
    int index = 0;
    for (var item : objects(source, "/items")) {
      var here = at + ".items[" + index++ + "]";
      rules.required(item, "key", here);
      if (rules.required(item, "path", here)) {
        relative(text(item, "/path"), here + ".path");
      }
      mode(item, "mode", here);
    }
  }

  private void relative(String file, String at) {
    if (file.startsWith("/")) {
      violations.invalid(at, file, "must be a relative path");
    }
    if (List.of(file.split("/")).contains("..")) {
      violations.invalid(at, file, "must not contain '..'");
    }
  }

  private void mode(JsonNode holder, String field, String at) {
    var mode = holder.path(field);
    if (mode.isNumber() && (mode.asInt() < 0 || mode.asInt() > MAX_MODE)) {
      violations.invalid(
          at + "." + field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }
}
