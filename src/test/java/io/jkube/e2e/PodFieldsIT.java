package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** What else a pod may ask for, on a real engine and with the real kubectl. One cluster for all. */
@Timeout(240)
final class PodFieldsIT {
  /** An HTTP/2 server's whole side of a health check: settings, headers, SERVING, trailers. */
  private static final String SERVING =
      "\\000\\000\\000\\004\\000\\000\\000\\000\\000"
          + "\\000\\000\\001\\001\\004\\000\\000\\000\\001\\210"
          + "\\000\\000\\007\\000\\000\\000\\000\\000\\001\\000\\000\\000\\000\\002\\010\\001"
          + "\\000\\000\\017\\001\\005\\000\\000\\000\\001\\000\\013grpc-status\\0010";

  private static UserMachine user;
  private static Path manifests;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    manifests = Files.createDirectory(user.home().resolve("manifests"));
    user.jkube(
            "start",
            "--name",
            user.cluster(),
            "--port",
            "0",
            "--pod-manifest-path",
            manifests.toString(),
            "--allowed-unsafe-sysctls",
            "kernel.msg*")
        .expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  void aGrpcServerIsAskedHowItIs() throws Exception {
    apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: grpc}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: busybox:1.36
            command:
            - sh
            - -c
            - |
              printf '%s' > /tmp/answer
              printf 'cat /tmp/answer; sleep 1' > /tmp/serve
              exec nc -l -l -p 5000 -e sh /tmp/serve
            readinessProbe: {grpc: {port: 5000, service: shop}, periodSeconds: 1}
            livenessProbe:
              grpc: {port: 5000}
              periodSeconds: 1
              failureThreshold: 2
              timeoutSeconds: 3
        """
            .formatted(SERVING));
    awaitReady("grpc");
    assertEquals("0", restarts("grpc"));
    var notServing = SERVING.replace("\\010\\001", "\\010\\002");
    exec("grpc", "sh", "-c", "printf '" + notServing + "' > /tmp/answer");
    user.await("a restart", () -> !restarts("grpc").equals("0"));
    var events = user.kubectl("get", "events", "--field-selector", "reason=Unhealthy");
    var said = "probe failed: service unhealthy (responded with \"NOT_SERVING\")";
    assertTrue(events.expectSuccess().contains(said), events::toString);
  }

  @Test
  void anInitContainerLeavesVariablesInAFile() throws Exception {
    apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: from-file}
        spec:
          terminationGracePeriodSeconds: 0
          volumes: [{name: found, emptyDir: {}}]
          initContainers:
          - name: find
            image: busybox:1.36
            command: [sh, -c, "echo \\"PLACE='the sea'\\" > /found/config.env"]
            volumeMounts: [{name: found, mountPath: /found}]
          containers:
          - name: main
            image: busybox:1.36
            command: [sleep, "3600"]
            env:
            - name: PLACE
              valueFrom: {fileKeyRef: {volumeName: found, path: config.env, key: PLACE}}
        """);
    awaitReady("from-file");
    assertEquals("the sea\n", exec("from-file", "sh", "-c", "echo $PLACE"));
  }

  @Test
  void aSeccompProfileOfThisMachineHolds() throws Exception {
    var profiles = user.jkubeHome().resolve(user.cluster()).resolve("kubelet");
    var folder = profiles.resolve(user.cluster()).resolve("seccomp");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("no-chmod.json"),
        """
        {"defaultAction": "SCMP_ACT_ALLOW",
         "syscalls": [{"names": ["chmod", "fchmod", "fchmodat"], "action": "SCMP_ACT_ERRNO"}]}
        """);
    apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: confined}
        spec:
          terminationGracePeriodSeconds: 0
          securityContext:
            seccompProfile: {type: Localhost, localhostProfile: no-chmod.json}
          containers:
          - {name: main, image: "busybox:1.36", command: [sleep, "3600"]}
        """);
    awaitReady("confined");
    var refused = user.kubectl("exec", "confined", "--", "chmod", "700", "/tmp");
    assertTrue(refused.stderr().contains("Operation not permitted"), refused::toString);
    exec("confined", "touch", "/tmp/file");
  }

  @Test
  void theLimitOfAPodIsThatOfAContainerWithoutOne() throws Exception {
    apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: whole}
        spec:
          terminationGracePeriodSeconds: 0
          resources:
            limits: {memory: 64Mi, cpu: 500m}
            requests: {memory: 64Mi, cpu: 500m}
          containers:
          - {name: main, image: "busybox:1.36", command: [sleep, "3600"]}
        """);
    awaitReady("whole");
    var qos = user.kubectl("get", "pod", "whole", "-o", "jsonpath={.status.qosClass}");
    assertEquals("Guaranteed", qos.expectSuccess());
    var limit = "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes";
    var said = user.kubectl("exec", "whole", "--", "sh", "-c", limit + " 2>/dev/null");
    assertTrue(said.stdout().contains(Long.toString(64L << 20)), said::toString);
  }

  @Test
  void aRuntimeTheEngineHasNotIsNamed() throws Exception {
    apply(
        """
        apiVersion: node.k8s.io/v1
        kind: RuntimeClass
        metadata: {name: sandboxed}
        handler: kata
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: sandboxed}
        spec:
          runtimeClassName: sandboxed
          containers:
          - {name: main, image: "busybox:1.36", command: [sleep, "3600"]}
        """);
    user.await("an event that names it", () -> sandboxFailures().contains("kata"));
    user.kubectl("delete", "pod", "sandboxed", "--timeout=60s").expectSuccess();
  }

  @Test
  void aFileInTheFolderIsAPodThatTheApiShows() throws Exception {
    var file = manifests.resolve("static.yaml");
    var text =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: static, labels: {from: file}}
        spec:
          terminationGracePeriodSeconds: 0
          securityContext: {sysctls: [{name: kernel.msgmax, value: "65536"}]}
          containers:
          - name: main
            image: busybox:1.36
            command: [sh, -c, "cat /proc/sys/kernel/msgmax; exec sleep 3600"]
        """;
    Files.writeString(file, text);
    var pod = "static-" + user.cluster();
    user.await("the mirror", () -> user.kubectl("get", "pod", pod).exitCode() == 0);
    awaitReady(pod);
    assertEquals("65536\n", user.kubectl("logs", pod).expectSuccess());
    assertEquals("main\n", exec(pod, "sh", "-c", "echo main"));
    var started = user.kubectl("describe", "pod", pod).expectSuccess();
    assertTrue(started.contains("Controlled By:  Node/" + user.cluster()), started);
    assertTrue(started.contains("Container started"), started);

    var id = containerId(pod);
    user.kubectl("delete", "pod", pod).expectSuccess();
    user.await("another mirror", () -> user.kubectl("get", "pod", pod).exitCode() == 0);
    awaitReady(pod);
    assertEquals(id, containerId(pod));

    Files.writeString(file, text.replace("65536", "65000"));
    user.await("another pod", () -> user.kubectl("logs", pod).stdout().equals("65000\n"));
    Files.delete(file);
    user.kubectl("wait", "--for=delete", "pod/" + pod, "--timeout=60s").expectSuccess();
    var label = "label=io.kubernetes.pod.name=" + pod;
    assertEquals("", user.docker("ps", "-aq", "--filter", label).expectSuccess());
  }

  private static String containerId(String pod) throws Exception {
    var path = "jsonpath={.status.containerStatuses[0].containerID}";
    return user.kubectl("get", "pod", pod, "-o", path).expectSuccess();
  }

  private static String sandboxFailures() throws Exception {
    var about = "reason=FailedCreatePodSandBox";
    return user.kubectl("get", "events", "--field-selector", about).expectSuccess();
  }

  private static void awaitReady(String pod) throws Exception {
    user.kubectl("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=60s").expectSuccess();
  }

  private static String restarts(String pod) throws Exception {
    var path = "jsonpath={.status.containerStatuses[0].restartCount}";
    return user.kubectl("get", "pod", pod, "-o", path).expectSuccess();
  }

  private static String exec(String pod, String... command) throws Exception {
    var words = new java.util.ArrayList<>(java.util.List.of("exec", pod, "--"));
    words.addAll(java.util.List.of(command));
    return user.kubectl(words.toArray(String[]::new)).expectSuccess();
  }

  private static void apply(String manifest) throws Exception {
    var file = Files.createTempFile(user.home(), "manifest", ".yaml");
    Files.writeString(file, manifest);
    user.kubectl("apply", "-f", file.toString()).expectSuccess();
  }
}
