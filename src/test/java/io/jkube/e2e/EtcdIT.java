package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.store.Store;
import io.jkube.store.etcd.EtcdStore;
import io.jkube.testing.EtcdMembers;
import io.jkube.testing.UserMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with its state in an etcd over TLS, with the real program. */
@Timeout(180)
final class EtcdIT {
  @TempDir Path folder;
  private UserMachine user;
  private EtcdMembers etcd;

  @BeforeEach
  void open() throws Exception {
    etcd = EtcdMembers.startWithTls(folder);
    user = UserMachine.open();
  }

  @AfterEach
  void close() throws Exception {
    user.close();
    etcd.close();
  }

  @Test
  void itsStateIsInEtcdAsKubernetesLaysIt() throws Exception {
    var settings = etcd.settings();
    var name = user.cluster();
    user.jkube(
            "start",
            "--name",
            name,
            "--port",
            "0",
            "--runtime",
            "fake",
            "--etcd-servers",
            settings.servers().getFirst().toString(),
            "--etcd-cafile",
            settings.authority().orElseThrow().toString(),
            "--etcd-certfile",
            settings.certificate().orElseThrow().toString(),
            "--etcd-keyfile",
            settings.key().orElseThrow().toString())
        .expectSuccess();
    user.kubectl("create", "configmap", "kept", "--from-literal=a=b").expectSuccess();
    user.kubectl("create", "deployment", "web", "--image=busybox:1.36").expectSuccess();
    user.kubectl("rollout", "status", "deployment/web", "--timeout=60s").expectSuccess();
    try (var store = EtcdStore.open(settings)) {
      var value = store.get("/registry/configmaps/default/kept").orElseThrow().value();
      assertEquals("b", Json.parse(value).at("/data/a").asText());
      assertEquals(1, store.list("/registry/pods/default/", "", 0, Store.NEWEST).entries().size());
    }

    long pid =
        Json.parse(
                user.jkube("status", "--name", name, "-o", "json")
                    .expectSuccess()
                    .getBytes(StandardCharsets.UTF_8))
            .path("pid")
            .asLong();
    var server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().get();
    user.jkube("start", "--name", name).expectSuccess();
    assertEquals(
        "b", user.kubectl("get", "configmap", "kept", "-o", "jsonpath={.data.a}").expectSuccess());
    user.kubectl("scale", "deployment/web", "--replicas=3").expectSuccess();
    user.kubectl("rollout", "status", "deployment/web", "--timeout=60s").expectSuccess();

    user.jkube("stop", "--name", name).expectSuccess();
    var elsewhere =
        user.jkube(
            "start",
            "--name",
            name,
            "--etcd-servers",
            "",
            "--etcd-cafile",
            "",
            "--etcd-certfile",
            "",
            "--etcd-keyfile",
            "");
    assertNotEquals(0, elsewhere.exitCode());
    assertTrue(elsewhere.stderr().contains("has its state in the etcd at"), elsewhere.stderr());
  }

  @Test
  void anEtcdThatDoesNotAnswerIsNamed() throws Exception {
    etcd.close();
    var failed =
        user.jkube(
            "start",
            "--name",
            user.cluster(),
            "--port",
            "0",
            "--runtime",
            "fake",
            "--etcd-servers",
            "http://127.0.0.1:1");
    assertEquals(1, failed.exitCode());
    assertTrue(failed.stderr().contains("etcd"), failed.stderr());
  }
}
