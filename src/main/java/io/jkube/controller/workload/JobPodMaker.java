package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pods that a Job needs next, as its template and their indexes say. */
record JobPodMaker(ObjectNode job, JobSpec spec, JobPods there, JobLedger ledger) {
  /** The indexes that need a pod and need not wait for it; none of a Job without indexes. */
  List<Integer> due(JobBackoff backoff) {
    return without().filter(index -> backoff.ofIndex(index).isZero()).boxed().toList();
  }

  /** How long until the first of the indexes that need a pod may have it; zero when none does. */
  Duration untilNext(JobBackoff backoff) {
    return without()
        .mapToObj(backoff::ofIndex)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private IntStream without() {
    if (!spec.isIndexed()) {
      return IntStream.empty();
    }
    var taken = new IndexSet();
    there.active().stream().mapToInt(spec::indexOf).filter(i -> i >= 0).forEach(taken::add);
    return IntStream.range(0, spec.completions().orElse(0))
        .filter(index -> !taken.contains(index))
        .filter(index -> !ledger.completed().contains(index))
        .filter(index -> !ledger.failedIndexes().contains(index));
  }

  /** At most {@code count}; of an indexed Job, those of the lowest of the indexes. */
  List<ObjectNode> pods(List<Integer> indexes, int count) {
    return spec.isIndexed()
        ? indexes.stream().limit(count).map(this::pod).toList()
        : Stream.generate(() -> pod(job, spec)).limit(count).toList();
  }

  private ObjectNode pod(int index) {
    var pod = pod(job, spec);
    index(pod, job, index);
    ledger
        .failuresBefore(index, there.failed())
        .ifPresent(failures -> JobLedger.noteFailures(pod, failures));
    return pod;
  }

  private static ObjectNode pod(ObjectNode job, JobSpec spec) {
    var pod = PodControl.fromTemplate(spec.template(), JobController.KIND, job);
    pod.withObject("metadata").withArray("finalizers").add(JobSpec.FINALIZER);
    return pod;
  }

  /** Tells the pod and its containers which of the Job's pods it is. */
  private static void index(ObjectNode pod, ObjectNode job, int index) {
    var name = job.path("metadata").path("name").asText() + "-" + index;
    var metadata = pod.withObject("metadata").put("generateName", name + "-");
    metadata.withObject("annotations").put(JobSpec.INDEX, Integer.toString(index));
    metadata.withObject("labels").put(JobSpec.INDEX, Integer.toString(index));
    var spec = pod.withObject("spec");
    if (!spec.hasNonNull("hostname")) {
      spec.put("hostname", name);
    }
    for (var list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : spec.path(list)) {
        var variable =
            ((ObjectNode) container)
                .withArray("env")
                .addObject()
                .put("name", "JOB_COMPLETION_INDEX");
        variable
            .putObject("valueFrom")
            .putObject("fieldRef")
            .put("fieldPath", "metadata.annotations['" + JobSpec.INDEX + "']");
      }
    }
  }
}
