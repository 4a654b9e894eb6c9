package io.jkube.scheduler.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.scheduler.framework.LocalFilterPlugin;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What each filter says, and in which words. */
final class FiltersTest {
  private record Case(LocalFilterPlugin plugin, String podSpec, String node, String reasons) {}

  @TestFactory
  Stream<DynamicTest> filters() {
    var cordoned = "'spec':{'unschedulable':true}";
    var tainted = "'spec':{'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]}";
    var small = "'status':{'allocatable':{'cpu':'1','memory':'1Gi','pods':'1'}}";
    return Stream.of(
            new Case(new NodeUnschedulable(), "", cordoned, "node(s) were unschedulable"),
            new Case(
                new NodeUnschedulable(), "'tolerations':[{'operator':'Exists'}]", cordoned, ""),
            new Case(new TaintToleration(), "", tainted, "node(s) had untolerated taint(s)"),
            new Case(new TaintToleration(), "'tolerations':[{'key':'k','value':'v'}]", tainted, ""),
            new Case(
                new NodeName(),
                "'nodeName':'other'",
                "",
                "node(s) didn't match the requested node name"),
            new Case(
                new NodeAffinity(),
                "'nodeSelector':{'disk':'ssd'}",
                "",
                "node(s) didn't match Pod's node affinity/selector"),
            new Case(new NodeResourcesFit(), requests("'cpu':'1'"), small, ""),
            new Case(
                new NodeResourcesFit(),
                requests("'cpu':'1001m','memory':'2Gi','x.io/gpu':'1'"),
                small,
                "Insufficient cpu, Insufficient memory, Insufficient x.io/gpu"),
            new Case(new NodeResourcesFit(), "", "", "Too many pods"))
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  private static void check(Case one) {
    var pod = PodInfo.of(json("{'metadata':{'name':'p','uid':'u'},'spec':{" + one.podSpec + "}}"));
    var node = one.node.isEmpty() ? "" : "," + one.node;
    var verdict =
        one.plugin.filter(pod, NodeInfo.of(json("{'metadata':{'name':'n'}" + node + "}")));
    assertEquals(one.reasons, String.join(", ", List.copyOf(verdict.reasons())));
  }

  private static String requests(String amounts) {
    return "'containers':[{'resources':{'requests':{" + amounts + "}}}]";
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
