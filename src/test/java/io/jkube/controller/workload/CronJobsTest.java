package io.jkube.controller.workload;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CronJobs against an API server in this process, on a clock that is moved by hand. */
@Timeout(60)
final class CronJobsTest {
  private static final GroupVersionResource CRON_JOBS =
      new GroupVersionResource("batch", "v1", "cronjobs");
  private static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
  private static final ObjectKey BACKUP = new ObjectKey("team", "backup");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private ControllerRunner runner;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    informers = new SharedInformers(cluster.client);
    runner = CronJobController.runner(cluster.client, informers, cluster.clock);
    informers.start();
    runner.start();
  }

  @AfterEach
  void stop() {
    runner.close();
    informers.close();
    cluster.close();
  }

  @Test
  void aJobStartsOnTheMinuteItIsFor() throws Exception {
    create("'schedule':'*/5 * * * *'");
    pass(60);
    var cronJob = awaitScheduled("2026-01-02T03:05:00Z");
    var job = jobs().getFirst();
    assertEquals("backup-29455385", CronJobs.name(job));
    assertEquals(
        "2026-01-02T03:05:00Z",
        job.at("/metadata/annotations").path(CronJobs.SCHEDULED_AT).asText());
    assertEquals(CronJobs.uid(job), cronJob.at("/status/active/0/uid").asText());
    finish(job);
    var done = cluster.await(CRON_JOBS, BACKUP, each -> !each.path("status").has("active"));
    assertEquals("2026-01-02T03:05:05Z", done.at("/status/lastSuccessfulTime").asText());
  }

  @Test
  void aMonthOfDailyJobsKeepsOnlyTheLastOnes() throws Exception {
    cluster.clock.pass(
        Duration.between(cluster.clock.instant(), Instant.parse("2026-03-01T00:00:00Z")));
    create("'schedule':'30 2 * * *','timeZone':'Europe/Berlin'");
    int days = 0;
    for (int day = 1; day <= 31; day++) {
      pass(24 * 3600);
      if (day == 29) {
        // the day without a half past two: nothing is due, and the last start stays
        assertEquals(28, days);
        continue;
      }
      var start =
          Instant.parse("2026-03-01T01:30:00Z")
              .plus(Duration.ofDays(day - 1))
              .minusSeconds(day > 29 ? 3600 : 0);
      awaitScheduled(start.toString());
      days++;
      for (var job : jobs()) {
        if (!JobSpec.isFinished(job)) {
          finish(job);
        }
      }
      cluster.await(CRON_JOBS, BACKUP, each -> !each.path("status").has("active"));
    }
    assertEquals(30, days);
    cluster.await(CRON_JOBS, BACKUP, each -> touchUntil(jobs().size() == 3));
  }

  @Test
  void forbidWaitsForTheOneThatRuns() throws Exception {
    create("'schedule':'* * * * *','concurrencyPolicy':'Forbid'");
    pass(60);
    awaitScheduled("2026-01-02T03:05:00Z");
    pass(60);
    awaitEvent("JobAlreadyActive");
    assertEquals(1, jobs().size());
    finish(jobs().getFirst());
    awaitScheduled("2026-01-02T03:06:00Z");
  }

  @Test
  void replaceEndsTheOneThatRuns() throws Exception {
    create("'schedule':'* * * * *','concurrencyPolicy':'Replace'");
    pass(60);
    awaitScheduled("2026-01-02T03:05:00Z");
    var first = jobs().getFirst();
    pass(60);
    var cronJob = awaitScheduled("2026-01-02T03:06:00Z");
    cluster.awaitGone(JOBS, Json.key(first));
    assertEquals(1, cronJob.at("/status/active").size());
  }

  @Test
  void allowLetsThemRunSideBySide() throws Exception {
    create("'schedule':'* * * * *'");
    pass(60);
    awaitScheduled("2026-01-02T03:05:00Z");
    pass(60);
    var cronJob = awaitScheduled("2026-01-02T03:06:00Z");
    assertEquals(2, cronJob.at("/status/active").size());
  }

  @Test
  void suspendedNothingStartsAndAStartThatIsTooLateIsMissed() throws Exception {
    create("'schedule':'0 * * * *','suspend':true,'startingDeadlineSeconds':300");
    pass(130 * 60);
    patch("{'spec':{'suspend':false}}");
    pass(3600);
    assertTrue(jobs().isEmpty());
    pass(46 * 60);
    awaitScheduled("2026-01-02T07:00:00Z");
  }

  @Test
  void aJobThatVanishedIsForgotten() throws Exception {
    create("'schedule':'0 * * * *'");
    pass(3600);
    awaitScheduled("2026-01-02T04:00:00Z");
    cluster.client.delete(
        JOBS,
        Json.key(jobs().getFirst()),
        DeleteOptions.DEFAULT.withPropagation(DeleteOptions.Propagation.BACKGROUND));
    cluster.await(CRON_JOBS, BACKUP, each -> !each.path("status").has("active"));
    assertFalse(jobs().size() > 1);
  }

  private void create(String spec) {
    cluster.create(
        CRON_JOBS,
        "{'metadata':{'namespace':'team','name':'backup'},'spec':{"
            + spec
            + ",'jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never',"
            + "'containers':[{'name':'c','image':'i'}]}}}}}}");
  }

  /** Moves the clock, and has the controller look at it: a queue cannot see it move. */
  private void pass(long seconds) {
    cluster.clock.pass(Duration.ofSeconds(seconds));
    touch();
  }

  private void touch() {
    patch("{'metadata':{'annotations':{'at':'" + System.nanoTime() + "'}}}");
  }

  private boolean touchUntil(boolean wanted) {
    if (!wanted) {
      touch();
    }
    return wanted;
  }

  private void patch(String text) {
    cluster.client.patch(CRON_JOBS, BACKUP, Patch.merge(json(text)));
  }

  private void finish(ObjectNode job) {
    var now = cluster.clock.instant().toString();
    cluster.client.patch(
        JOBS,
        Json.key(job),
        "status",
        Patch.merge(
            json(
                "{'status':{'startTime':'%1$s','completionTime':'%1$s','succeeded':1,"
                        .formatted(now)
                    + "'conditions':[{'type':'SuccessCriteriaMet','status':'True'},"
                    + "{'type':'Complete','status':'True'}]}}")));
  }

  private ObjectNode awaitScheduled(String time) throws InterruptedException {
    return cluster.await(
        CRON_JOBS, BACKUP, each -> each.at("/status/lastScheduleTime").asText().equals(time));
  }

  private void awaitEvent(String reason) throws InterruptedException {
    var events = new GroupVersionResource("", "v1", "events");
    var list = cluster.client.list(events, "team", ListOptions.ALL);
    if (list.items().stream().anyMatch(event -> event.path("reason").asText().equals(reason))) {
      return;
    }
    var since = ListOptions.ALL.withResourceVersion(list.resourceVersion());
    try (var watch = cluster.client.watch(events, "team", since)) {
      for (var event = watch.next(); event != null; event = watch.next()) {
        if (event.object().path("reason").asText().equals(reason)) {
          return;
        }
      }
    }
    throw new AssertionError("no event " + reason);
  }

  private List<ObjectNode> jobs() {
    return cluster.client.list(JOBS, "team", ListOptions.ALL).items();
  }
}
