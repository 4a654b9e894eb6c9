package io.jkube.bench;

import java.util.List;

/** {@code jkube get pods} beside {@code kubectl get pods}, wall time of the whole process. */
record GetPods() implements Figure {
  private static final int PODS = 50;
  private static final int WARM_UP = 10;
  private static final int TIMES = 31;
  private static final double MOST = 0.9;

  @Override
  public String word() {
    return "get-pods";
  }

  @Override
  public String title() {
    return "jkube get pods beside kubectl get pods, " + PODS + " pods";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var kubectl = lab.kubectl().toString();
    try (var cluster = lab.cluster("--runtime", "fake")) {
      fill(cluster);
      var ours = new Samples();
      var theirs = new Samples();
      for (int i = -WARM_UP; i < TIMES; i++) {
        var jkube = lab.jkube("get", "pods", "--cluster", cluster.name());
        long mine = rows(lab.program().run(jkube));
        long other = rows(lab.program().run(kubectl, "get", "pods", "--context", cluster.name()));
        if (i >= 0) {
          ours.addNanos(mine);
          theirs.addNanos(other);
        }
      }
      return List.of(
          Finding.Measured.of("jkube get pods, " + PODS + " pods", Unit.MILLISECONDS, ours.median())
              .beside("kubectl get pods", theirs.median())
              .mustReach(new Target.RatioAtMost(MOST))
              .noted("median of " + TIMES + " in turns, same server"));
    }
  }

  private static void fill(RunningCluster cluster) throws Exception {
    try (var running = Running.watch(cluster)) {
      var names = new java.util.HashSet<String>();
      for (int i = 0; i < PODS; i++) {
        var name = "pod-" + i;
        cluster.send("POST", SampleObjects.PODS, SampleObjects.pod(name, "busybox:1.36"));
        names.add(name);
      }
      running.await(names);
    }
  }

  private static long rows(Program.Ended ended) throws Exception {
    long rows = ended.expectSuccess().out().lines().count();
    if (rows != PODS + 1) {
      throw new java.io.IOException(ended.command() + " printed " + rows + " lines");
    }
    return ended.nanos();
  }
}
