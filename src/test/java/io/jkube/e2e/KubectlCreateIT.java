package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.UserMachine;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The generators of kubectl, which send protobuf and nothing else from 1.32 on. */
@Timeout(300)
final class KubectlCreateIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0", "--runtime", "fake")
        .expectSuccess();
  }

  @AfterAll
  static void stop() throws Exception {
    user.close();
  }

  private static String create(String... words) throws Exception {
    var all = new java.util.ArrayList<>(List.of("create"));
    all.addAll(List.of(words));
    return user.kubectl(all.toArray(String[]::new)).expectSuccess();
  }

  private static String read(String object, String path) throws Exception {
    return user.kubectl("get", object, "-o", "jsonpath={" + path + "}").expectSuccess();
  }

  @Test
  void namespacesMapsSecretsAndAccounts() throws Exception {
    assertEquals("namespace/made created\n", create("namespace", "made"));
    assertEquals("configmap/map created\n", create("configmap", "map", "--from-literal=a=b"));
    assertEquals("b", read("configmap/map", ".data.a"));
    assertEquals(
        "secret/hidden created\n", create("secret", "generic", "hidden", "--from-literal=a=b"));
    assertEquals("Yg==", read("secret/hidden", ".data.a"));
    assertEquals("Opaque", read("secret/hidden", ".type"));
    assertEquals("serviceaccount/robot created\n", create("serviceaccount", "robot"));
  }

  @Test
  void servicesAndPriorities() throws Exception {
    create("service", "clusterip", "inside", "--tcp=80:8080");
    assertEquals("8080", read("service/inside", ".spec.ports[0].targetPort"));
    assertEquals("ClusterIP", read("service/inside", ".spec.type"));
    create("service", "nodeport", "outside", "--tcp=80");
    assertTrue(Integer.parseInt(read("service/outside", ".spec.ports[0].nodePort")) >= 30000);
    create("priorityclass", "high", "--value=1000", "--description=for what matters");
    assertEquals("1000", read("priorityclass/high", ".value"));
  }

  @Test
  void whatIsThereAlreadyIsSaidSo() throws Exception {
    create("configmap", "twice");
    var again = user.kubectl("create", "configmap", "twice");
    assertEquals(1, again.exitCode());
    assertEquals(
        "error: failed to create configmap: configmaps \"twice\" already exists\n", again.stderr());
  }
}
