package io.jkube.controller.workload;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arithmetic of DaemonSets. Nodes are {@code 1} to {@code 5}, and stand with a {@code !} where
 * the set is not meant to run, with a {@code ~} where it may only stay. Pods are written as node,
 * revision and state: {@code 1b+} is of the present revision b and available, {@code -} not, {@code
 * x} ended, {@code d} being deleted.
 */
final class DaemonPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest(name = "on {0} with {1}: make on {2}, delete {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "1 2   |             | 1 2  | none",
        "1 2   | 1a+         | 2    | none",
        "1 2   | 1ad         | 2    | none",
        "1 2!  | 1a+ 2a+     | none | 2a+",
        "1 2!  | 1a+ 2ad     | none | none",
        "1 2~  | 1a+ 2a+     | none | none",
        "1 2~  | 1a+         | none | none",
        "1     | 1ax         | none | 1ax",
        "1     | 1a+ 1b+     | none | 1b+",
        "1     | 1a+ 9a-     | none | 9a-",
      })
  void putsOneOnEveryNodeThatFits(String nodes, String pods, String create, String delete) {
    assertPlan(DaemonPlan.placement(look(nodes, pods, "'maxUnavailable':1")), create, delete);
  }

  @ParameterizedTest(name = "{0} on {1}: make on {2}, delete {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "'maxUnavailable':1         | 1a+ 2a+ 3a+ 4a+ | none | 1a+",
        "'maxUnavailable':1         | 1b- 2a+ 3a+ 4a+ | none | none",
        "'maxUnavailable':1         | 1b+ 2a+ 3a+ 4a+ | none | 2a+",
        "'maxUnavailable':1         | 1ad 2a+ 3a+ 4a+ | none | none",
        "'maxUnavailable':1         | 1a+ 2a- 3a- 4a+ | none | 2a- 3a-",
        "'maxUnavailable':'50%'     | 1a+ 2a+ 3a+ 4a+ | none | 1a+ 2a+",
        "'maxUnavailable':'30%'     | 1a+ 2a+ 3a+ 4a+ | none | 1a+ 2a+",
        "'maxUnavailable':2         | 1b- 2a+ 3a+ 4a+ | none | 2a+",
        "'maxUnavailable':0,'maxSurge':1 | 1a+ 2a+ 3a+ 4a+     | 1    | none",
        "'maxUnavailable':0,'maxSurge':1 | 1a+ 1b- 2a+ 3a+ 4a+ | none | none",
        "'maxUnavailable':0,'maxSurge':2 | 1a+ 1b- 2a+ 3a+ 4a+ | 2    | none",
        "'maxUnavailable':0,'maxSurge':1 | 1b+ 2a+ 3a+ 4a+     | 2    | none",
        "'maxUnavailable':0,'maxSurge':1 | 1a+ 2a- 3a+ 4a+     | 2    | none",
        "'maxUnavailable':0,'maxSurge':'50%' | 1a+ 2a+ 3a+ 4a+ | 1 2  | none",
      })
  void replacesAsManyAsTheStrategyAllows(
      String rollout, String pods, String create, String delete) {
    assertPlan(DaemonPlan.rollout(look("1 2 3 4", pods, rollout)), create, delete);
  }

  @ParameterizedTest(name = "{0}: delete {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "1a+ 1b-     | none",
        "1a+ 1b+     | 1a+",
        "1a- 1b-     | 1a-",
        "1a+ 1a- 1b- | 1a-",
      })
  void aSurgeEndsTheOldPodWhenTheNewOneIsAvailable(String pods, String delete) {
    var look = look("1", pods, "'maxUnavailable':0,'maxSurge':1");
    assertPlan(DaemonPlan.placement(look), null, delete);
  }

  @ParameterizedTest(name = "pod {0} on node {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'nodeSelector':{'disk':'ssd'} | {}                                            | LEAVE",
        "'nodeSelector':{'disk':'ssd'} | {'metadata':{'name':'n','labels':{'disk':'ssd'}}} | RUN",
        "'nodeName':'other' | {'metadata':{'name':'n'}}                                | LEAVE",
        "'nodeName':'n'     | {'metadata':{'name':'n'}}                                | RUN",
        "'x':1 | {'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}}               | STAY",
        "'x':1 | {'spec':{'taints':[{'key':'a','effect':'NoExecute'}]}}                | LEAVE",
        "'x':1 | {'spec':{'taints':[{'key':'a','effect':'PreferNoSchedule'}]}}         | RUN",
        "'tolerations':[{'operator':'Exists'}] | {'spec':{'taints':[{'key':'a','effect':'NoExecute'}]}} | RUN",
        "'x':1 | {'spec':{'taints':[{'key':'node.kubernetes.io/unreachable','effect':'NoExecute'}]}} | RUN",
        "'x':1 | {'spec':{'taints':[{'key':'node.kubernetes.io/unschedulable','effect':'NoSchedule'}]}} | RUN",
        "'x':1 | {'spec':{'taints':[{'key':'node.kubernetes.io/network-unavailable','effect':'NoSchedule'}]}} | STAY",
        "'hostNetwork':true | {'spec':{'taints':[{'key':'node.kubernetes.io/network-unavailable','effect':'NoSchedule'}]}} | RUN",
      })
  void nodesFitAsSelectorsAndTaintsSay(String spec, String node, DaemonFit.Verdict verdict) {
    var set = json("{'spec':{'template':{'spec':{" + spec + "}}}}");
    assertEquals(verdict, DaemonFit.of(set).on(json(node)));
  }

  @Test
  void thePodTellsTheSchedulerItsNode() {
    var set =
        json(
            "{'metadata':{'name':'ds','namespace':'team','annotations':"
                + "{'deprecated.daemonset.template.generation':'7'}},'spec':{'template':{'spec':"
                + "{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a','operator':'Exists'}]}]}}}}}}}");
    var pod = DaemonPods.newPod(set, "h", "n1");
    assertEquals("n1", DaemonPods.node(pod));
    assertEquals("7", pod.at("/metadata/labels/pod-template-generation").asText());
    var terms =
        pod.at(
            "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms");
    assertEquals(1, terms.size());
    assertEquals(6, pod.at("/spec/tolerations").size());
  }

  private static void assertPlan(DaemonPlan plan, String create, String delete) {
    assertEquals(words(create), plan.create());
    assertEquals(
        words(delete),
        plan.delete().stream().map(pod -> pod.at("/metadata/annotations/is").asText()).toList());
  }

  private static List<String> words(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.trim().split(" "));
  }

  private static DaemonPlan.Look look(String nodes, String pods, String rollout) {
    var verdicts = new LinkedHashMap<String, DaemonFit.Verdict>();
    for (var node : words(nodes)) {
      verdicts.put(
          node.substring(0, 1),
          node.endsWith("!")
              ? DaemonFit.Verdict.LEAVE
              : node.endsWith("~") ? DaemonFit.Verdict.STAY : DaemonFit.Verdict.RUN);
    }
    var set =
        json(
            "{'metadata':{'name':'ds'},'spec':{'updateStrategy':{'type':'RollingUpdate',"
                + "'rollingUpdate':{"
                + rollout
                + "}}}}");
    return new DaemonPlan.Look(set, verdicts, DaemonPods.byNode(pods(pods)), "b", NOW);
  }

  private static List<ObjectNode> pods(String text) {
    var pods = new ArrayList<ObjectNode>();
    for (var each : words(text)) {
      char state = each.charAt(2);
      var pod = json("{'metadata':{'name':'ds-" + pods.size() + "'}}");
      var metadata = pod.withObject("metadata");
      metadata.putObject("labels").put(RevisionHistory.POD_LABEL, each.substring(1, 2));
      metadata.putObject("annotations").put("is", each);
      var set =
          json("{'metadata':{'name':'ds','namespace':'team'},'spec':{'template':{'spec':{}}}}");
      pod.set("spec", DaemonPods.newPod(set, "b", each.substring(0, 1)).path("spec"));
      if (state == 'd') {
        metadata.put("deletionTimestamp", NOW.toString());
      }
      var status = pod.putObject("status").put("phase", state == 'x' ? "Failed" : "Running");
      status
          .putArray("conditions")
          .addObject()
          .put("type", "Ready")
          .put("status", state == '+' || state == 'd' ? "True" : "False")
          .put("lastTransitionTime", NOW.minusSeconds(5000).toString());
      pods.add(pod);
    }
    return pods;
  }
}
