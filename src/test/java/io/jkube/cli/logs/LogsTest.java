package io.jkube.cli.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.cli.testing.Offline;
import io.jkube.cli.testing.ScriptedApi;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which containers a command line means, and how their output is put together. */
final class LogsTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final ScriptedApi api =
      new ScriptedApi()
          .discovery()
          .answer(PODS + "/web", pod("web", ""))
          .answer(
              PODS + "/chosen",
              pod("chosen", ", 'annotations': {'kubectl.kubernetes.io/default-container': 'side'}"))
          .answer(PODS, "{'items': [" + pod("web", "") + "," + pod("chosen", "") + "]}")
          .answer(
              "/apis/apps/v1/namespaces/default/deployments/shop",
              "{'spec': {'selector': {'matchLabels': {'app': 'shop'}}}}")
          .log(PODS + "/web/log?main", "one\ntwo")
          .log(PODS + "/web/log?side", "tick\n")
          .log(PODS + "/web/log?before", "ready\n")
          .log(PODS + "/chosen/log?side", "tock\n")
          .log(PODS + "/chosen/log?main", "three\n");

  private static String pod(String name, String metadata) {
    return """
        {'metadata': {'name': '%s'%s},
         'spec': {'initContainers': [{'name': 'before'}],
                  'containers': [{'name': 'main'}, {'name': 'side'}]}}
        """
        .formatted(name, metadata);
  }

  @Test
  void theFirstContainerUnlessThePodSaysAnother() {
    var said = new Offline(api).run("logs web");
    assertEquals("one\ntwo", said.stdout());
    assertEquals("Defaulted container \"main\" out of: main, side, before (init)\n", said.stderr());
    assertEquals("tock\n", new Offline(api).run("logs chosen").stdout());
    assertEquals("tick\n", new Offline(api).run("logs web side").stdout());
  }

  @Test
  void allContainersInitOnesFirst() {
    assertEquals(
        "ready\none\ntwotick\n", new Offline(api).run("logs web --all-containers").stdout());
    assertEquals(
        "[pod/web/main] one\n[pod/web/main] two",
        new Offline(api).run("logs web -c main --prefix").stdout());
  }

  @Test
  void onePodOfAWorkload() {
    var said = new Offline(api).run("logs deploy/shop -c main");
    assertEquals("Found 2 pods, using pod/web\n", said.stderr());
    assertEquals("one\ntwo", said.stdout());
    var selector = api.calls().stream().filter(call -> call.path().equals(PODS)).findFirst();
    assertEquals(List.of("app=shop"), selector.orElseThrow().query().get("labelSelector"));
  }

  @Test
  void flagsBecomeParameters() {
    new Offline(api).run("logs web -c main -p --timestamps --tail=5 --since=90s --limit-bytes=7");
    var query = api.calls().getLast().query();
    assertEquals(List.of("true"), query.get("previous"));
    assertEquals(List.of("true"), query.get("timestamps"));
    assertEquals(List.of("5"), query.get("tailLines"));
    assertEquals(List.of("90"), query.get("sinceSeconds"));
    assertEquals(List.of("7"), query.get("limitBytes"));
  }
}
