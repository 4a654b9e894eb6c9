package io.jkube.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
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
      var jkube = new Client(lab.jkube("get", "pods", "--cluster", cluster.name()));
      var theirs = new Client(List.of(kubectl, "get", "pods", "--context", cluster.name()));
      for (int i = -WARM_UP; i < TIMES; i++) {
        jkube.run(lab.program(), i >= 0);
        theirs.run(lab.program(), i >= 0);
      }
      var findings = new ArrayList<Finding>();
      findings.add(
          Finding.Measured.of(
                  "jkube get pods, " + PODS + " pods", Unit.MILLISECONDS, jkube.wall.median())
              .beside("kubectl get pods", theirs.wall.median())
              .mustReach(new Target.RatioAtMost(MOST))
              .noted("median of " + TIMES + " in turns, same server"));
      if (ChildCpu.millis().isPresent()) {
        findings.add(
            Finding.Measured.of("  its CPU time", Unit.MILLISECONDS, jkube.cpu / TIMES)
                .beside("kubectl get pods", theirs.cpu / TIMES)
                .noted("mean; of the client alone, not of the server"));
      }
      return findings;
    }
  }

  /** One of the two, and what its runs took. */
  private static final class Client {
    private final List<String> command;
    final Samples wall = new Samples();
    double cpu;

    Client(List<String> command) {
      this.command = command;
    }

    void run(Program program, boolean counts) throws Exception {
      double before = ChildCpu.millis().orElse(0);
      var ended = program.run(command).expectSuccess();
      long lines = ended.out().lines().count();
      if (lines != PODS + 1) {
        throw new IOException(command + " printed " + lines + " lines");
      }
      if (counts) {
        wall.addNanos(ended.nanos());
        cpu += ChildCpu.millis().orElse(0) - before;
      }
    }
  }

  private static void fill(RunningCluster cluster) throws Exception {
    try (var running = Running.watch(cluster)) {
      var names = new HashSet<String>();
      for (int i = 0; i < PODS; i++) {
        var name = "pod-" + i;
        cluster.send("POST", SampleObjects.PODS, SampleObjects.pod(name, "busybox:1.36"));
        names.add(name);
      }
      running.await(names);
    }
  }
}
