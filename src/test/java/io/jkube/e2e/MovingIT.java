package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.testing.EtcdMembers;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clusters saved, copied and moved elsewhere, with the real program on the engine in memory. */
@Timeout(180)
final class MovingIT {
  private static final String VERSION = "jsonpath={.metadata.resourceVersion}";
  private static final String NAMES = "jsonpath={.items[*].metadata.name}";

  @TempDir Path folder;
  private UserMachine user;

  @BeforeEach
  void open() throws Exception {
    user = UserMachine.open();
    user.jkube("start", "--port", "0", "--runtime", "fake", "--nodes", "2").expectSuccess();
  }

  @AfterEach
  void close() throws Exception {
    user.close();
  }

  @Test
  void aForkHasWhatTheClusterHadAndGoesItsOwnWay() throws Exception {
    user.kubectl("create", "secret", "generic", "s", "--from-literal=a=b").expectSuccess();
    user.kubectl("create", "deployment", "web", "--image=busybox:1.36", "--replicas=3")
        .expectSuccess();
    user.kubectl("rollout", "status", "deployment/web", "--timeout=60s").expectSuccess();
    var version = user.kubectl("get", "secret", "s", "-o", VERSION).expectSuccess();
    var file = folder.resolve("a.snapshot");
    var saved = user.jkube("snapshot", "save", file.toString());
    assertEquals(file + "\n", saved.expectSuccess());
    assertTrue(saved.stderr().contains("saved at revision "), saved.stderr());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    user.kubectl("delete", "secret", "s").expectSuccess();

    user.jkube("snapshot", "restore", file.toString(), "--name", "fork").expectSuccess();
    user.jkube("start", "--name", "fork").expectSuccess();
    assertEquals(
        version, user.kubectl("--context", "fork", "get", "secret", "s", "-o", VERSION).stdout());
    user.kubectl("--context", "fork", "rollout", "status", "deployment/web", "--timeout=60s")
        .expectSuccess();
    user.kubectl("--context", "fork", "wait", "pod", "--all", "--for=condition=Ready")
        .expectSuccess();
    assertEquals(
        "fork fork-2",
        user.kubectl("--context", "fork", "get", "nodes", "-o", NAMES).expectSuccess());
    user.kubectl("--context", "fork", "scale", "deployment/web", "--replicas=1").expectSuccess();
    var context = user.cluster();
    assertNotEquals(0, user.kubectl("--context", context, "get", "secret", "s").exitCode());
    assertEquals(
        "3",
        user.kubectl(
                "--context", context, "get", "deployment", "web", "-o", "jsonpath={.spec.replicas}")
            .expectSuccess());
  }

  @Test
  void aStoppedClusterIsSavedToAndListed() throws Exception {
    user.jkube("stop").expectSuccess();
    var file = Path.of(user.jkube("snapshot", "save").expectSuccess().strip());
    assertEquals(user.jkubeHome().resolve(".snapshots"), file.getParent());
    var listed = user.jkube("snapshot", "list", "-o", "json").expectSuccess();
    var entry = Json.MAPPER.readTree(listed).get(0);
    assertEquals(user.cluster(), entry.path("cluster").asText());
    assertTrue(entry.path("whole").asBoolean());
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
    var damaged = user.jkube("snapshot", "list");
    assertEquals(1, damaged.exitCode());
    assertTrue(damaged.stdout().contains("Damaged"), damaged.stdout());
    var refused = user.jkube("snapshot", "restore", file.toString(), "--name", "fork");
    assertEquals(1, refused.exitCode());
    assertTrue(refused.stderr().contains("cut or altered"), refused.stderr());
    assertFalse(Files.exists(user.jkubeHome().resolve("fork")));
  }

  @Test
  void itGoesIntoAnEtcdAndBack() throws Exception {
    user.kubectl("create", "configmap", "kept", "--from-literal=a=b").expectSuccess();
    var file = folder.resolve("a.snapshot").toString();
    user.jkube("snapshot", "save", file).expectSuccess();
    try (var etcd = EtcdMembers.start(folder.resolve("etcd"), 1)) {
      var servers = etcd.settings().servers().getFirst().toString();
      user.jkube("snapshot", "restore", file, "--name", "big", "--etcd-servers", servers)
          .expectSuccess();
      user.jkube("start", "--name", "big").expectSuccess();
      user.kubectl("--context", "big", "create", "configmap", "more").expectSuccess();
      user.jkube("snapshot", "save", file, "--cluster", "big").expectSuccess();
      var again = user.jkube("snapshot", "restore", file, "--name", "b", "--etcd-servers", servers);
      assertTrue(again.stderr().contains("choose another --etcd-prefix"), again.stderr());
      assertFalse(Files.exists(user.jkubeHome().resolve("b")));
      user.jkube("stop", "--name", "big").expectSuccess();
    }
    user.jkube("snapshot", "restore", file, "--name", "back").expectSuccess();
    user.jkube("start", "--name", "back").expectSuccess();
    assertEquals(
        "configmap/kept\nconfigmap/kube-root-ca.crt\nconfigmap/more\n",
        user.kubectl("--context", "back", "get", "configmaps", "-o", "name").expectSuccess());
  }

  /** Applied elsewhere and exported again, it is the same text: nothing of a cluster is in it. */
  @Test
  void whatIsExportedMakesTheSameElsewhere() throws Exception {
    user.kubectl("apply", "-f", resource("made.yaml")).expectSuccess();
    user.kubectl("wait", "crd/crons.example.org", "--for=condition=Established").expectSuccess();
    user.kubectl("apply", "-f", resource("custom.yaml")).expectSuccess();
    user.kubectl("-n", "team", "rollout", "status", "deployment/web", "--timeout=60s")
        .expectSuccess();
    user.kubectl("-n", "team", "wait", "job/once", "--for=condition=Complete", "--timeout=60s")
        .expectSuccess();
    user.kubectl("-n", "team", "wait", "pod/alone", "--for=condition=Ready", "--timeout=60s")
        .expectSuccess();
    var withheld = user.jkube("export");
    assertFalse(withheld.expectSuccess().contains("kind: Secret"), withheld.stdout());
    assertTrue(withheld.stderr().contains("2 Secrets are left out"), withheld.stderr());
    var exported = user.jkube("export", "--include-secrets").expectSuccess();
    for (var own :
        List.of("uid:", "resourceVersion:", "managedFields:", "\nstatus:", "nodeName:", "token:")) {
      assertFalse(exported.contains(own), own + " in\n" + exported);
    }
    assertFalse(exported.contains("name: once\n"), "a job that is over");
    assertFalse(exported.contains("clusterIP: 10."), exported);
    var definitions = folder.resolve("crd.yaml");
    Files.writeString(definitions, user.jkube("export", "--kinds", "crd").expectSuccess());
    var everything = folder.resolve("all.yaml");
    Files.writeString(everything, exported);

    user.jkube("start", "--name", "other", "--port", "0", "--runtime", "fake").expectSuccess();
    user.kubectl("apply", "-f", definitions.toString()).expectSuccess();
    user.kubectl("wait", "crd/crons.example.org", "--for=condition=Established").expectSuccess();
    var applied = user.kubectl("apply", "-f", everything.toString());
    applied.expectSuccess();
    assertEquals("", applied.stderr());
    user.kubectl("-n", "team", "rollout", "status", "deployment/web", "--timeout=60s")
        .expectSuccess();
    user.kubectl("-n", "team", "wait", "pod/alone", "--for=condition=Ready", "--timeout=60s")
        .expectSuccess();
    assertEquals(
        exported, user.jkube("export", "--include-secrets", "--cluster", "other").expectSuccess());
    var one = user.jkube("export", "--cluster", "other", "-n", "team", "--kinds", "cm,svc");
    assertEquals(3, one.expectSuccess().split("kind: ").length - 1, one.stdout());
  }

  private static String resource(String name) {
    return Path.of("src/test/resources/export", name).toAbsolutePath().toString();
  }
}
