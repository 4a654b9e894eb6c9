package io.jkube.registry.admission;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.MirrorPods;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives every pod a service account that exists, its image pull secrets, and a volume with its
 * token ("Configure Service Accounts for Pods").
 */
public final class PodServiceAccount {
  static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

  private static final String VOLUME_PREFIX = "kube-api-access-";
  private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int NAME_LENGTH = 5;

  /** An hour and seven seconds: upstream's, told apart by it from tokens people ask for. */
  private static final int TOKEN_SECONDS = 3607;

  private PodServiceAccount() {}

  /**
   * @throws ApiException Forbidden when there is no such service account
   */
  public static void admit(ObjectNode pod, StoredObjects others) {
    if (MirrorPods.isMirror(pod) || !(pod.at("/spec") instanceof ObjectNode spec)) {
      return;
    }
    Tree.putIfEmpty(spec, "serviceAccountName", "default");
    spec.put("serviceAccount", text(spec, "/serviceAccountName"));
    var account = find(pod, text(spec, "/serviceAccountName"), others);
    if (mountsToken(spec, account)) {
      mountToken(spec);
    }
    if (objects(spec, "/imagePullSecrets").isEmpty()
        && !account.path("imagePullSecrets").isEmpty()) {
      spec.set("imagePullSecrets", account.get("imagePullSecrets").deepCopy());
    }
  }

  private static ObjectNode find(ObjectNode pod, String name, StoredObjects others) {
    var namespace = text(pod, "/metadata/namespace");
    return others
        .get(Resources.SERVICE_ACCOUNTS, new ObjectKey(namespace, name))
        .orElseThrow(
            () ->
                new ApiException(
                    StatusReason.FORBIDDEN,
                    "pods \"%s\" is forbidden: error looking up service account %s/%s: serviceaccount \"%s\" not found"
                        .formatted(text(pod, "/metadata/name"), namespace, name, name)));
  }

  /** The pod's word counts before the account's; silence is consent. */
  private static boolean mountsToken(ObjectNode spec, ObjectNode account) {
    var field = "automountServiceAccountToken";
    return spec.has(field) ? spec.path(field).asBoolean() : account.path(field).asBoolean(true);
  }

  private static void mountToken(ObjectNode spec) {
    var without = new ArrayList<ObjectNode>();
    for (var list : List.of("/initContainers", "/containers")) {
      for (var container : objects(spec, list)) {
        if (objects(container, "/volumeMounts").stream()
            .noneMatch(mount -> text(mount, "/mountPath").equals(MOUNT_PATH))) {
          without.add(container);
        }
      }
    }
    if (without.isEmpty()) {
      return;
    }
    var volume = tokenVolume(spec);
    for (var container : without) {
      container
          .withArray("volumeMounts")
          .addObject()
          .put("name", volume)
          .put("readOnly", true)
          .put("mountPath", MOUNT_PATH);
    }
  }

  /** The name of the pod's token volume, which is added where it has none. */
  private static String tokenVolume(ObjectNode spec) {
    for (var volume : objects(spec, "/volumes")) {
      if (text(volume, "/name").startsWith(VOLUME_PREFIX) && volume.has("projected")) {
        return text(volume, "/name");
      }
    }
    var name = VOLUME_PREFIX + randomLetters();
    var volume = spec.withArray("volumes").addObject().put("name", name);
    var projected = volume.putObject("projected").put("defaultMode", 0644);
    var sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    var authority = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    var field = Json.object().put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    var namespace = sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    namespace.put("path", "namespace").set("fieldRef", field);
    return name;
  }

  private static String randomLetters() {
    var letters = new StringBuilder();
    for (int i = 0; i < NAME_LENGTH; i++) {
      letters.append(
          NAME_LETTERS.charAt(ThreadLocalRandom.current().nextInt(NAME_LETTERS.length())));
    }
    return letters.toString();
  }
}
