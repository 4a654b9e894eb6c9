package io.jkube.bench;

import java.util.List;

/** {@code jkube start} until every node is Ready, as the person at the terminal sees it. */
record Start() implements Figure {
  private static final int AGAIN = 9;
  private static final int FIRST = 5;
  private static final double MOST_AGAIN_MILLIS = 1_000;
  private static final double MOST_FIRST_MILLIS = 2_000;

  @Override
  public String word() {
    return "start";
  }

  @Override
  public String title() {
    return "jkube start on existing state and for the first time, jkube stop";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    RawEngine.find();
    var first = new Samples();
    for (int i = 0; i < FIRST; i++) {
      var name = lab.newName();
      first.addNanos(start(lab, name));
      lab.delete(name);
    }
    var again = new Samples();
    var stops = new Samples();
    var jvm = new Samples();
    var name = lab.newName();
    start(lab, name);
    for (int i = 0; i < AGAIN; i++) {
      stops.addNanos(lab.program().run(lab.jkube("stop", "--name", name)).expectSuccess().nanos());
      jvm.addNanos(lab.program().run(lab.java(EmptyProgram.class)).expectSuccess().nanos());
      again.addNanos(start(lab, name));
    }
    lab.delete(name);
    return List.of(
        Finding.Measured.of(
                "start on existing state, to node Ready", Unit.MILLISECONDS, again.median())
            .beside("start of a JVM", jvm.median())
            .mustReach(new Target.AtMost(MOST_AGAIN_MILLIS))
            .noted("median of " + AGAIN),
        Finding.Measured.of("very first start, to node Ready", Unit.MILLISECONDS, first.median())
            .beside("start of a JVM", jvm.median())
            .mustReach(new Target.AtMost(MOST_FIRST_MILLIS))
            .noted(
                "median of "
                    + FIRST
                    + "; keys, network and, if the engine has none, the pause image"),
        Finding.Measured.of("stop", Unit.MILLISECONDS, stops.median()).noted("median of " + AGAIN));
  }

  private static long start(Lab lab, String name) throws Exception {
    return lab.program()
        .run(lab.jkube("start", "--name", name, "--port", "0"))
        .expectSuccess()
        .nanos();
  }
}
