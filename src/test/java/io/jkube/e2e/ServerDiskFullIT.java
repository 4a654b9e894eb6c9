package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose disk runs full: a small file system under its home. Needs root, for the mount. */
@Timeout(120)
final class ServerDiskFullIT {
  private static final int BALLAST_BYTES = 8 << 20;
  private static final int SMALL_BALLAST_BYTES = 3 << 20;
  private static final String VALUE = "x".repeat(64 << 10);

  /** What was acknowledged. */
  private final Set<String> names = new HashSet<>();

  private UserMachine user;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount");
    user = UserMachine.open();
    Files.createDirectories(user.jkubeHome());
    run("mount", "-t", "tmpfs", "-o", "size=24m", "jkube-test", user.jkubeHome().toString());
    mounted = true;
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      user.jkube("delete", "--name", user.cluster()).expectSuccess();
      run("umount", user.jkubeHome().toString());
      user.close();
    }
  }

  @Test
  void writesFailNothingIsLostAndItRecovers() throws Exception {
    var ballast = user.jkubeHome().resolve("ballast");
    Files.write(ballast, new byte[BALLAST_BYTES]);
    try (var server = user.foreground("--runtime", "fake", "--port", "0");
        var connection = server.connect(server.awaitReady())) {
      var api = new ApiClient(connection);
      var refused = fill(api);
      assertTrue(refused.getMessage().contains("No space left on device"), refused.getMessage());
      assertEquals(StatusReason.SERVICE_UNAVAILABLE, refused.reason());
      assertTrue(names.size() > 10, "wrote only " + names);
      assertEquals(names, written(api), "reads go on");

      var again =
          user.kubectl("create", "cm", "refused", "--from-literal=a=" + "x".repeat(100_000));
      assertEquals(1, again.exitCode());
      assertTrue(again.stderr().contains("No space left on device"), again.stderr());
      server.kill();
    }
    startsOrSaysWhy();

    Files.delete(ballast);
    try (var server = user.foreground("--runtime", "fake", "--port", "0");
        var connection = server.connect(server.awaitReady())) {
      var api = new ApiClient(connection);
      assertEquals(names, written(api));
      Files.write(ballast, new byte[SMALL_BALLAST_BYTES]);
      fill(api);
      Files.delete(ballast);
      user.await("room to be noticed", () -> creates(api, "later"));
      assertEquals(names, written(api));
      user.kubectl("get", "nodes").expectSuccess();
    }
  }

  /** On a full disk: what it cannot do without, it names. */
  private void startsOrSaysWhy() throws Exception {
    var start = user.jkube("start", "--runtime", "fake", "--port", "0");
    if (start.exitCode() == 0) {
      assertEquals(
          names.size(),
          user.kubectl("get", "cm", "-l", "fill=yes", "-o", "name")
              .expectSuccess()
              .lines()
              .count());
      user.jkube("stop").expectSuccess();
    } else {
      var why = "error: .*" + user.jkubeHome() + "/.+: No space left on device.*\n";
      assertTrue(
          start.stderr().lines().toList().getLast().concat("\n").matches(why), start.toString());
    }
  }

  private ApiException fill(ApiClient api) {
    while (true) {
      var name = "fill-" + names.size();
      try {
        api.create(Resources.CONFIG_MAPS, map(name));
        names.add(name);
      } catch (ApiException refused) {
        return refused;
      }
    }
  }

  private boolean creates(ApiClient api, String name) {
    try {
      api.create(Resources.CONFIG_MAPS, map(name));
      return names.add(name);
    } catch (ApiException refused) {
      assertEquals(StatusReason.SERVICE_UNAVAILABLE, refused.reason(), refused.getMessage());
      return false;
    }
  }

  private static Set<String> written(ApiClient api) {
    return api
        .list(Resources.CONFIG_MAPS, "default", ListOptions.labels("fill=yes"))
        .items()
        .stream()
        .map(map -> map.at("/metadata/name").asText())
        .collect(Collectors.toSet());
  }

  private static ObjectNode map(String name) {
    var map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    var metadata = map.putObject("metadata").put("name", name).put("namespace", "default");
    metadata.putObject("labels").put("fill", "yes");
    map.putObject("data").put("value", VALUE);
    return map;
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }
}
