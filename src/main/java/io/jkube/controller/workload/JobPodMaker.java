package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The pods that a Job needs next, as its template and their indexes say. */
final class JobPodMaker {
  private JobPodMaker() {}

  /** At most {@code count}; of an indexed Job, those of the lowest indexes that have none. */
  static List<ObjectNode> pods(ObjectNode job, JobPods there, JobLedger ledger, int count) {
    var spec = JobSpec.of(job);
    var made = new ArrayList<ObjectNode>();
    var taken = new IndexSet();
    there.active().stream().mapToInt(spec::indexOf).filter(i -> i >= 0).forEach(taken::add);
    for (int index = 0; made.size() < count; index++) {
      if (!spec.isIndexed()) {
        made.add(pod(job, spec));
      } else if (index >= spec.completions().orElse(0)) {
        break;
      } else if (!taken.contains(index)
          && !ledger.completed().contains(index)
          && !ledger.failedIndexes().contains(index)) {
        var pod = pod(job, spec);
        index(pod, job, index);
        ledger
            .failuresBefore(index, there.failed())
            .ifPresent(failures -> JobLedger.noteFailures(pod, failures));
        made.add(pod);
      }
    }
    return made;
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
