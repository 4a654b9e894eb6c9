package io.jkube.registry.batch;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Selectors;
import java.time.Instant;
import java.time.InstantSource;

/** CronJobs: jobs that the clock starts. */
public final class CronJobs {
  private static final String TEMPLATE = "/spec/jobTemplate/spec/template";

  private CronJobs() {}

  /**
   * @param clock tells how long ago a job was started
   */
  public static ResourceDefinition definition(InstantSource clock) {
    return ResourceDefinition.namespaced("batch", "v1", "CronJob", "cronjobs")
        .shortNames("cj")
        .categories("all")
        .subresources("status")
        .generation()
        .column("Schedule", each -> text(each, "/spec/schedule"))
        .column("Timezone", CronJobs::timeZone)
        .column(new TableColumn("Suspend", "boolean", "", "", 0, CronJobs::suspended))
        .column(TableColumn.integer("Active", each -> each.at("/status/active").size()))
        .column("Last Schedule", each -> lastSchedule(each, clock.instant()))
        .ageColumn()
        .column(PodTemplate.containersColumn(TEMPLATE))
        .column(PodTemplate.imagesColumn(TEMPLATE))
        .column(
            TableColumn.wide(
                "Selector", each -> Selectors.shown(each.at("/spec/jobTemplate/spec/selector"))))
        .strategy(new CronJobStrategy())
        .build();
  }

  private static String timeZone(ObjectNode cronJob) {
    var zone = text(cronJob, "/spec/timeZone");
    return zone.isEmpty() ? "<none>" : zone;
  }

  private static String suspended(ObjectNode cronJob) {
    var suspend = cronJob.at("/spec/suspend");
    return !suspend.isBoolean() ? "<unset>" : suspend.asBoolean() ? "True" : "False";
  }

  private static String lastSchedule(ObjectNode cronJob, Instant now) {
    var last = text(cronJob, "/status/lastScheduleTime");
    return last.isEmpty() ? "<none>" : Timestamps.age(last, now);
  }
}
