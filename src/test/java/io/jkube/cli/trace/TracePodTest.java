package io.jkube.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.cli.testing.Offline;
import io.jkube.cli.testing.ScriptedApi;
import io.jkube.testing.Golden;
import org.junit.jupiter.api.Test;

/** The timeline of a pod's hops. */
final class TracePodTest {
  private static final ScriptedApi API =
      new ScriptedApi()
          .answer(
              "/jkube/v1/pods/default/web/trace",
              """
              {'hops': [
                {'time': '2026-01-02T03:04:05.000Z', 'component': 'apiserver', 'step': 'accepted',
                 'revision': 0, 'detail': {'user': 'kubernetes-admin', 'client': 'kubectl/v1.35'}},
                {'time': '2026-01-02T03:04:05.002Z', 'component': 'apiserver', 'step': 'stored',
                 'revision': 39, 'detail': {}},
                {'time': '2026-01-02T03:04:05.007Z', 'component': 'scheduler', 'step': 'filtered',
                 'revision': 39, 'detail': {'node': 'b', 'reason': 'Insufficient cpu'}},
                {'time': '2026-01-02T03:04:06.250Z', 'component': 'kubelet/a',
                 'step': 'containerStarted', 'revision': 0, 'detail': {'container': 'main'}}]}
              """)
          .answer("/jkube/v1/pods/default/old/trace", "{'hops': []}");

  @Test
  void aTimelineWithDistancesFromTheFirstHop() throws Exception {
    var said = new Offline(API).run("trace pod web");
    Golden.check("cli/trace-pod-web.txt", said.toString());
    assertEquals(said, new Offline(API).run("trace po pod/web"));
  }

  @Test
  void asJsonItIsWhatTheServerKeeps() throws Exception {
    Golden.check(
        "cli/trace-pod-web-o-json.txt", new Offline(API).run("trace pod web -o json").stdout());
  }

  @Test
  void whatIsNotKnownIsAnError() {
    assertEquals(
        "error: nothing is known (any more) of this pod's way\n",
        new Offline(API).run("trace pod old").stderr());
    assertEquals(1, new Offline(API).run("trace pod nothing").exitCode());
    assertEquals(
        "error: --output must be json, not \"yaml\"\n",
        new Offline(API).run("trace pod web -o yaml").stderr());
  }
}
