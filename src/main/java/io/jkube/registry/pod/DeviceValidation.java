package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.validation.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the {@code volumeDevices} of a container must be like.
 *
 * @param volumes of the pod
 */
record DeviceValidation(Rules rules, List<ObjectNode> volumes) {
  void validate(ObjectNode container, String path) {
    var mounted = values(objects(container, "/volumeMounts"), "/name");
    var targets = values(objects(container, "/volumeMounts"), "/mountPath");
    var names = new HashSet<String>();
    var paths = new HashSet<String>();
    var devices = objects(container, "/volumeDevices");
    for (int i = 0; i < devices.size(); i++) {
      var at = path + ".volumeDevices[" + i + "]";
      if (rules.required(devices.get(i), "name", at)) {
        name(text(devices.get(i), "/name"), at + ".name", names, mounted);
      }
      if (rules.required(devices.get(i), "devicePath", at)) {
        path(text(devices.get(i), "/devicePath"), at + ".devicePath", paths, targets);
      }
    }
  }

  private void name(String name, String at, Set<String> seen, Set<String> mounted) {
    var violations = rules.violations();
    var volume = volumes.stream().filter(each -> text(each, "/name").equals(name)).findFirst();
    if (!seen.add(name)) {
      violations.invalid(at, name, "must be unique");
    }
    if (volume.isEmpty()) {
      violations.notFound(at, name);
    } else if (!volume.get().has("persistentVolumeClaim") && !volume.get().has("ephemeral")) {
      violations.invalid(
          at,
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
    if (mounted.contains(name)) {
      violations.invalid(at, name, "must not already exist in volumeMounts");
    }
  }

  private void path(String path, String at, Set<String> seen, Set<String> targets) {
    var violations = rules.violations();
    if (!seen.add(path)) {
      violations.invalid(at, path, "must be unique");
    }
    if (List.of(path.split("/")).contains("..")) {
      violations.invalid(at, path, "can not contain backsteps ('..')");
    }
    if (targets.contains(path)) {
      violations.invalid(at, path, "must not already exist as a path in volumeMounts");
    }
  }

  private static Set<String> values(List<ObjectNode> mounts, String field) {
    return mounts.stream().map(mount -> text(mount, field)).collect(Collectors.toSet());
  }
}
