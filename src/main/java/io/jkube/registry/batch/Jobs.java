package io.jkube.registry.batch;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.HumanDuration;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Tree;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Selectors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs: pods that are to end, so and so often. */
public final class Jobs {
  /** What a condition of this type, if it is true, reads as; the first found counts. */
  private static final Map<String, String> BY_CONDITION = byCondition();

  private Jobs() {}

  /**
   * @param clock tells how long a job has been running
   */
  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.namespaced("batch", "v1", "Job", "jobs")
        .categories("all")
        .subresources("status")
        .generation()
        .column("Status", Jobs::status)
        .column("Completions", Jobs::completions)
        .column("Duration", job -> duration(job, clock.instant()))
        .ageColumn()
        .column(PodTemplate.containersColumn("/spec/template"))
        .column(PodTemplate.imagesColumn("/spec/template"))
        .column(TableColumn.wide("Selector", job -> Selectors.shown(job.at("/spec/selector"))))
        .strategy(new JobStrategy())
        .build();
  }

  private static Map<String, String> byCondition() {
    var words = new LinkedHashMap<String, String>();
    words.put("Complete", "Complete");
    words.put("Failed", "Failed");
    words.put("", "Terminating");
    words.put("Suspended", "Suspended");
    words.put("FailureTarget", "FailureTarget");
    words.put("SuccessCriteriaMet", "SuccessCriteriaMet");
    return words;
  }

  private static String status(ObjectNode job) {
    for (var word : BY_CONDITION.entrySet()) {
      boolean holds =
          word.getKey().isEmpty()
              ? job.at("/metadata").hasNonNull("deletionTimestamp")
              : hasCondition(job, word.getKey());
      if (holds) {
        return word.getValue();
      }
    }
    return "Running";
  }

  private static boolean hasCondition(ObjectNode job, String type) {
    return Tree.objects(job, "/status/conditions").stream()
        .anyMatch(each -> text(each, "/type").equals(type) && text(each, "/status").equals("True"));
  }

  private static String completions(ObjectNode job) {
    int succeeded = job.at("/status/succeeded").asInt();
    if (job.path("spec").hasNonNull("completions")) {
      return succeeded + "/" + job.at("/spec/completions").asInt();
    }
    int parallelism = job.at("/spec/parallelism").asInt();
    return succeeded + "/1" + (parallelism > 1 ? " of " + parallelism : "");
  }

  private static String duration(ObjectNode job, Instant now) {
    var start = text(job, "/status/startTime");
    if (start.isEmpty()) {
      return "";
    }
    var end = text(job, "/status/completionTime");
    return HumanDuration.of(
        Duration.between(Timestamps.parse(start), end.isEmpty() ? now : Timestamps.parse(end)));
  }
}
