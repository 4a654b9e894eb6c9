package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.jkube.kubelet.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The security context of a container: its own words, else the pod's (Kubernetes: "Configure a
 * Security Context for a Pod or Container"). Without a seccomp profile a container is unconfined,
 * as upstream has it.
 */
public final class Security {
  private static final String UNCONFINED = "unconfined";

  private final PodSecurityContext ofPod;
  private final SecurityContext own;
  private final Path seccompProfiles;

  private Security(Pod pod, Container container, Path seccompProfiles) {
    this.seccompProfiles = seccompProfiles;
    var podContext = pod.getSpec().getSecurityContext();
    this.ofPod = podContext == null ? new PodSecurityContext() : podContext;
    var context = container.getSecurityContext();
    this.own = context == null ? new SecurityContext() : context;
  }

  /**
   * @param imageUser the user the image names: {@code uid[:gid]}, a name, or empty
   * @param seccompProfiles the folder of profiles that lie on this machine
   * @throws ConfigFailure when the container must not run as root and would, or its profile is not
   *     there
   */
  public static ContainerRuntime.Security of(
      Pod pod, Container container, String imageUser, Path seccompProfiles) {
    return new Security(pod, container, seccompProfiles)
        .checked(imageUser, container.getName(), pod);
  }

  private ContainerRuntime.Security checked(String imageUser, String name, Pod pod) {
    requireNonRoot(imageUser, "(pod: \"" + PodNames.full(pod) + "\", container: " + name + ")");
    var capabilities = own.getCapabilities();
    boolean escalates = !Boolean.FALSE.equals(own.getAllowPrivilegeEscalation());
    return new ContainerRuntime.Security(
        user(imageUser),
        groups(),
        Boolean.TRUE.equals(own.getPrivileged()),
        Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()),
        escalates ? null : Boolean.TRUE,
        capabilities == null ? List.of() : capabilities.getAdd(),
        capabilities == null ? List.of() : capabilities.getDrop(),
        seccomp(),
        appArmor(),
        seLinux(),
        "Unmasked".equals(own.getProcMount()));
  }

  private void requireNonRoot(String imageUser, String where) {
    boolean required =
        own.getRunAsNonRoot() != null
            ? own.getRunAsNonRoot()
            : Boolean.TRUE.equals(ofPod.getRunAsNonRoot());
    if (!required) {
      return;
    }
    var asked = runAsUser();
    if (asked != null) {
      if (asked == 0) {
        throw new ConfigFailure("container's runAsUser breaks non-root policy " + where);
      }
      return;
    }
    var uid = imageUser.split(":", 2)[0];
    if (uid.isEmpty() || uid.matches("0+") || uid.equals("root")) {
      throw new ConfigFailure("container has runAsNonRoot and image will run as root " + where);
    }
    if (!uid.matches("\\d+")) {
      throw new ConfigFailure(
          "container has runAsNonRoot and image has non-numeric user ("
              + uid
              + "), cannot verify user is non-root "
              + where);
    }
  }

  private Long runAsUser() {
    return own.getRunAsUser() != null ? own.getRunAsUser() : ofPod.getRunAsUser();
  }

  private String user(String imageUser) {
    var uid = runAsUser();
    var gid = own.getRunAsGroup() != null ? own.getRunAsGroup() : ofPod.getRunAsGroup();
    if (gid == null) {
      return uid == null ? null : uid.toString();
    }
    var name = imageUser.split(":", 2)[0];
    return (uid != null ? uid.toString() : name.isEmpty() ? "0" : name) + ":" + gid;
  }

  private List<String> groups() {
    var groups = new ArrayList<String>();
    ofPod.getSupplementalGroups().forEach(group -> groups.add(group.toString()));
    if (ofPod.getFsGroup() != null) {
      groups.add(ofPod.getFsGroup().toString());
    }
    return groups;
  }

  private String seccomp() {
    SeccompProfile profile =
        own.getSeccompProfile() != null ? own.getSeccompProfile() : ofPod.getSeccompProfile();
    if (profile == null || "Unconfined".equals(profile.getType())) {
      return UNCONFINED;
    }
    return "Localhost".equals(profile.getType()) ? local(profile.getLocalhostProfile()) : null;
  }

  private String local(String name) {
    var file = seccompProfiles.resolve(name).normalize();
    try {
      if (file.startsWith(seccompProfiles)) {
        return Files.readString(file);
      }
    } catch (IOException unreadable) {
      // Told below, with where it was looked for.
    }
    throw new ConfigFailure("cannot load seccomp profile \"" + file + "\": no such file");
  }

  private String appArmor() {
    AppArmorProfile profile =
        own.getAppArmorProfile() != null ? own.getAppArmorProfile() : ofPod.getAppArmorProfile();
    if (profile == null || "RuntimeDefault".equals(profile.getType())) {
      return null;
    }
    return "Localhost".equals(profile.getType()) ? profile.getLocalhostProfile() : UNCONFINED;
  }

  private String seLinux() {
    SELinuxOptions options =
        own.getSeLinuxOptions() != null ? own.getSeLinuxOptions() : ofPod.getSeLinuxOptions();
    if (options == null) {
      return null;
    }
    var parts = new ArrayList<String>();
    addPart(parts, "user", options.getUser());
    addPart(parts, "role", options.getRole());
    addPart(parts, "type", options.getType());
    addPart(parts, "level", options.getLevel());
    return String.join(",", parts);
  }

  private static void addPart(List<String> parts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      parts.add(name + ":" + value);
    }
  }
}
