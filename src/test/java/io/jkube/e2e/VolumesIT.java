package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Data that outlives pods, on a real engine and with the real kubectl. */
@Timeout(240)
final class VolumesIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  void aStatefulSetKeepsItsDataUntilTheClaimIsDeleted() throws Exception {
    apply(
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          replicas: 2
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              terminationGracePeriodSeconds: 0
              securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: 2000}
              containers:
              - name: db
                image: %s
                command: [sh, -c, "echo $HOSTNAME >> /data/starts && sleep 3600"]
                volumeMounts: [{name: data, mountPath: /data, subPath: deep/down}]
          volumeClaimTemplates:
          - metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("rollout", "status", "statefulset/db", "--timeout=90s").expectSuccess();
    assertEquals("db-1\n", starts("db-1"));
    assertEquals("2000\n", exec("db-1", "stat", "-c", "%g", "/data/starts"));
    var folder = folder("data-db-1");
    assertTrue(Files.isRegularFile(folder.resolve("deep/down/starts")), folder.toString());

    user.jkube("stop").expectSuccess();
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    var before = uid("db-1");
    user.kubectl("delete", "pod", "db-1").expectSuccess();
    user.kubectl("wait", "--for=create", "pod/db-1", "--timeout=60s").expectSuccess();
    user.kubectl("rollout", "status", "statefulset/db", "--timeout=90s").expectSuccess();
    assertFalse(uid("db-1").equals(before));
    assertEquals("db-1\ndb-1\n", starts("db-1"));
    assertEquals("db-0\n", starts("db-0"));

    user.kubectl("delete", "statefulset", "db").expectSuccess();
    user.kubectl("wait", "--for=delete", "pod/db-1", "--timeout=60s").expectSuccess();
    assertTrue(Files.isDirectory(folder), "the claim is still there");
    user.kubectl("delete", "pvc", "--all", "--timeout=60s").expectSuccess();
    user.kubectl("wait", "--for=delete", "pv", "--all", "--timeout=60s").expectSuccess();
    assertFalse(Files.exists(folder));
  }

  private static String starts(String pod) throws Exception {
    return exec(pod, "cat", "/data/starts");
  }

  private static String exec(String pod, String... command) throws Exception {
    var words = new java.util.ArrayList<>(java.util.List.of("exec", pod, "--"));
    words.addAll(java.util.List.of(command));
    return user.kubectl(words.toArray(String[]::new)).expectSuccess();
  }

  private static String uid(String pod) throws Exception {
    return user.kubectl("get", "pod", pod, "-o", "jsonpath={.metadata.uid}").expectSuccess();
  }

  private static Path folder(String claim) throws Exception {
    var volume = user.kubectl("get", "pvc", claim, "-o", "jsonpath={.spec.volumeName}");
    var path = "jsonpath={.spec.local.path}";
    return Path.of(user.kubectl("get", "pv", volume.expectSuccess(), "-o", path).expectSuccess());
  }

  private static void apply(String manifest) throws Exception {
    var file = Files.createTempFile(user.home(), "manifest", ".yaml");
    Files.writeString(file, manifest);
    user.kubectl("apply", "-f", file.toString()).expectSuccess();
  }
}
