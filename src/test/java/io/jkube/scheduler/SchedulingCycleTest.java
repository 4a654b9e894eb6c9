package io.jkube.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.scheduler.SchedulingCycle.Decision;
import io.jkube.scheduler.framework.DisruptionBudget;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PostFilterResult.MakeRoom;
import io.jkube.scheduler.framework.PostFilterResult.Wait;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where pods go in a cluster of a few nodes, by upstream's default plugins. */
final class SchedulingCycleTest {
  private static final String NOWHERE = "0/3 nodes are available: ";
  private static final String NO_CLAIMS = " no new claims to deallocate, preemption: ";
  private static final String NOT_HELPFUL = NOWHERE + "3 Preemption is not helpful for scheduling.";
  private static final String NO_VICTIMS =
      NOWHERE + "3 No preemption victims found for incoming pod.";
  private static final String LIKE_WEB = "'labelSelector':{'matchLabels':{'app':'web'}}";

  private final Nominations nominations = new Nominations();
  private final List<DisruptionBudget> budgets = new ArrayList<>();
  private final SchedulingCycle cycle =
      new SchedulingCycle(PluginList.standard(null, () -> budgets, null), nominations);
  private final List<NodeInfo> nodes = new ArrayList<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  @Test
  void requiredAffinityFollowsThePodsItNames() {
    threeNodesInTwoZones();
    put("c", pod("web-1", "'app':'web'", ""));
    var near = near("'topologyKey':'kubernetes.io/hostname'," + LIKE_WEB);
    assertEquals("c", nodeOf(pod("cache", "", near)));
  }

  @Test
  void affinityThatNoPodMeetsKeepsAPodAwayUnlessItMeetsItItself() {
    threeNodesInTwoZones();
    var near = near("'topologyKey':'zone'," + LIKE_WEB);
    assertEquals(
        NOWHERE + "3 node(s) didn't match pod affinity rules." + NO_CLAIMS + NOT_HELPFUL,
        refusal(pod("cache", "", near)));
    assertEquals("a", nodeOf(pod("web-1", "'app':'web'", near)));
  }

  @Test
  void antiAffinityHoldsInBothDirections() {
    threeNodesInTwoZones();
    var far = far("'topologyKey':'zone'," + LIKE_WEB);
    put("a", pod("web-1", "'app':'web'", far));
    assertEquals("c", nodeOf(pod("web-2", "'app':'web'", far)), "its own rule");
    assertEquals("c", nodeOf(pod("web-3", "'app':'web'", "")), "the rule of the one there");
    put("c", pod("web-2", "'app':'web'", ""));
    assertEquals(
        NOWHERE + "3 node(s) didn't match pod anti-affinity rules." + NO_CLAIMS + NO_VICTIMS,
        refusal(pod("web-4", "'app':'web'", far)));
  }

  @Test
  void aTermSpeaksOfItsNamespacesOnly() {
    threeNodesInTwoZones();
    namespaces.put("other", Map.of("team", "blue"));
    put("b", podIn("other", "web-1", "'app':'web'", ""));
    var term = "'topologyKey':'kubernetes.io/hostname'," + LIKE_WEB;
    assertInstanceOf(Decision.Reject.class, decide(pod("p", "", near(term))));
    assertEquals("b", nodeOf(pod("p", "", near(term + ",'namespaces':['other']"))));
    var blue = ",'namespaceSelector':{'matchLabels':{'team':'blue'}}";
    assertEquals("b", nodeOf(pod("p", "", near(term + blue))));
  }

  @Test
  void preferredAffinityOnlyLeans() {
    threeNodesInTwoZones();
    put("b", pod("web-1", "'app':'web'", ""));
    var wish =
        "'affinity':{'podAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':"
            + "100,'podAffinityTerm':{'topologyKey':'kubernetes.io/hostname',"
            + LIKE_WEB
            + "}}]}}";
    assertEquals("b", nodeOf(pod("p", "", wish)));
    assertEquals("a", nodeOf(pod("p", "", wish.replace("podAffinity'", "podAntiAffinity'"))));
  }

  @Test
  void hardSpreadKeepsTheSkew() {
    threeNodesInTwoZones();
    put("a", pod("web-1", "'app':'web'", ""));
    var spread = spread("'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule'");
    assertEquals("c", nodeOf(pod("web-2", "'app':'web'", spread)));
    var three = spread.replace("'maxSkew':1", "'maxSkew':1,'minDomains':3");
    put("c", pod("web-2", "'app':'web'", ""));
    assertEquals(
        NOWHERE
            + "3 node(s) didn't match pod topology spread constraints."
            + NO_CLAIMS
            + NO_VICTIMS,
        refusal(pod("web-3", "'app':'web'", three)));
  }

  @Test
  void softSpreadPrefersTheEmptierDomain() {
    threeNodesInTwoZones();
    put("a", pod("web-1", "'app':'web'", ""));
    put("b", pod("web-2", "'app':'web'", ""));
    var spread = spread("'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'ScheduleAnyway'");
    assertEquals("c", nodeOf(pod("web-3", "'app':'web'", spread)));
  }

  @Test
  void theLeastImportantPodsLeave() {
    threeNodesInTwoZones();
    put("a", pod("a-high", "", priority(100) + cpu("3")));
    put("b", pod("b-low", "", priority(10) + cpu("2")));
    put("b", pod("b-lower", "", priority(5) + cpu("2")));
    put("c", pod("c-low", "", priority(10) + cpu("3")));
    var found = makeRoom(pod("urgent", "", priority(1000) + cpu("2")));
    assertEquals("b", found.preemption().node());
    assertEquals("[pod default/b-lower]", found.preemption().victims().toString());
  }

  @Test
  void aDisruptionBudgetIsSparedWhereItCanBe() {
    threeNodesInTwoZones();
    put("a", pod("a", "'app':'web'", priority(1) + cpu("4")));
    put("b", pod("b", "", priority(500) + cpu("4")));
    put("c", pod("c", "", priority(900) + cpu("4")));
    budgets.add(
        DisruptionBudget.of(
            json(
                "{'metadata':{'namespace':'default'},'spec':{'selector':{'matchLabels':{'app':"
                    + "'web'}}},'status':{'disruptionsAllowed':0}}")));
    var urgent = pod("urgent", "", priority(1000) + cpu("1"));
    assertEquals("b", makeRoom(urgent).preemption().node());
    budgets.clear();
    assertEquals("a", makeRoom(urgent).preemption().node());
  }

  @Test
  void whoMustNotPreemptSaysSo() {
    threeNodesInTwoZones();
    for (var node : List.of("a", "b", "c")) {
      put(node, pod(node, "", cpu("4")));
    }
    var meek = pod("p", "", "'preemptionPolicy':'Never'," + priority(10) + cpu("1"));
    assertEquals(
        NOWHERE
            + "3 Insufficient cpu. no new claims to deallocate, "
            + "preemption: not eligible due to preemptionPolicy=Never.",
        refusal(meek));
  }

  @Test
  void roomThatIsBeingMadeIsWaitedForAndKeptFromOthers() {
    threeNodesInTwoZones();
    nodes.removeLast();
    nodes.removeLast();
    var victim = json(pod("v", "", priority(1) + cpu("4")));
    victim.withObject("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
    victim
        .withObject("status")
        .withArray("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "PreemptionByScheduler");
    nodes.set(0, nodes.getFirst().plus(PodInfo.of(victim)));
    var urgent = json(pod("urgent", "", priority(10) + cpu("3")));
    urgent.withObject("status").put("nominatedNodeName", "a");
    var rejection =
        assertInstanceOf(Decision.Reject.class, cycle.decide(PodInfo.of(urgent), snapshot()));
    assertInstanceOf(Wait.class, rejection.result());
    nominations.put(PodInfo.of(urgent), "a");
    nodes.set(0, nodes.getFirst().minus("v"));
    assertInstanceOf(Decision.Reject.class, decide(pod("late", "", cpu("2"))));
    assertEquals("a", nodeOf(pod("more-urgent", "", priority(11) + cpu("2"))));
  }

  @Test
  void theNodeWithTheLargeImageIsBetter() {
    for (var name : List.of("a", "b")) {
      var node = json(node(name, "z"));
      if (name.equals("b")) {
        node.withObject("status")
            .withArray("images")
            .addObject()
            .put("sizeBytes", 900L << 20)
            .putArray("names")
            .add("big:1");
      }
      nodes.add(NodeInfo.of(node));
    }
    assertEquals("b", nodeOf(pod("p", "", "'containers':[{'image':'big:1'}]")));
    assertEquals("a", nodeOf(pod("p", "", "'containers':[{'image':'small:1'}]")));
  }

  private void threeNodesInTwoZones() {
    nodes.add(NodeInfo.of(json(node("a", "east"))));
    nodes.add(NodeInfo.of(json(node("b", "east"))));
    nodes.add(NodeInfo.of(json(node("c", "west"))));
  }

  private static String node(String name, String zone) {
    return "{'metadata':{'name':'%s','labels':{'kubernetes.io/hostname':'%s','zone':'%s'}},"
            .formatted(name, name, zone)
        + "'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'110'}}}";
  }

  private void put(String node, String pod) {
    nodes.replaceAll(
        each -> each.name().equals(node) ? each.plus(PodInfo.of(json(pod)).assumedOn(node)) : each);
  }

  private static String pod(String name, String labels, String spec) {
    return podIn("default", name, labels, spec);
  }

  private static String podIn(String namespace, String name, String labels, String spec) {
    return "{'metadata':{'namespace':'%s','name':'%s','uid':'%s','labels':{%s}},'spec':{%s}}"
        .formatted(namespace, name, name, labels, spec);
  }

  private static String near(String term) {
    return "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
        + term
        + "}]}}";
  }

  private static String far(String term) {
    return near(term).replace("podAffinity", "podAntiAffinity");
  }

  private static String spread(String constraint) {
    return "'topologySpreadConstraints':[{" + constraint + "," + LIKE_WEB + "}]";
  }

  private static String priority(int value) {
    return "'priority':" + value + ",";
  }

  private static String cpu(String amount) {
    return "'containers':[{'resources':{'requests':{'cpu':'" + amount + "'}}}]";
  }

  private NodeSnapshot snapshot() {
    return NodeSnapshot.of(nodes, namespaces);
  }

  private Decision decide(String pod) {
    return cycle.decide(PodInfo.of(json(pod)), snapshot());
  }

  private String nodeOf(String pod) {
    return assertInstanceOf(Decision.Bind.class, decide(pod)).node();
  }

  private String refusal(String pod) {
    return assertInstanceOf(Decision.Reject.class, decide(pod)).message();
  }

  private MakeRoom makeRoom(String pod) {
    var rejection = assertInstanceOf(Decision.Reject.class, decide(pod));
    return assertInstanceOf(MakeRoom.class, rejection.result());
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
