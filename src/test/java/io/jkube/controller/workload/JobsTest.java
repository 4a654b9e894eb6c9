package io.jkube.controller.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.metrics.TextFormat;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs against an API server in this process, with pods that end as a test wants. */
@Timeout(60)
final class JobsTest {
  private static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
  private static final ObjectKey KEY = new ObjectKey("team", "work");

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private ControllerRunner controller;
  private volatile Function<ObjectNode, String> phaseOf = pod -> "Succeeded";
  private final AtomicReference<String> first = new AtomicReference<>();
  private TestKubelet kubelet;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    startController();
    kubelet = new TestKubelet(cluster, pod -> phaseOf.apply(pod));
  }

  @AfterEach
  void stop() {
    kubelet.close();
    stopController();
    cluster.close();
  }

  @Test
  void completesAfterAsManySuccessesAsAsked() throws Exception {
    job("'completions':5,'parallelism':2");
    var done = awaitCondition("Complete");
    assertEquals(5, done.at("/status/succeeded").asInt());
    assertEquals("CompletionsReached", Conditions.find(done, "Complete").path("reason").asText());
    assertTrue(done.at("/status").has("completionTime"));
    assertEquals("True", Conditions.status(done, "SuccessCriteriaMet"));
    assertEquals(5, pods().size());
    assertTrue(pods().stream().noneMatch(JobPods::isTracked), "pods may go now");
    assertEquals(0, done.at("/status/uncountedTerminatedPods").size());
  }

  @Test
  void whatHasEndedIsCounted() throws Exception {
    job("'completions':2,'parallelism':2");
    awaitCondition("Complete");
    Await.until(() -> told().contains("result=\"succeeded\",reason=\"CompletionsReached\"} 1"));
    assertTrue(
        told()
            .contains(
                "job_controller_job_pods_finished_total{completion_mode=\"NonIndexed\","
                    + "result=\"succeeded\"} 2"),
        JobsTest.this::told);
  }

  private String told() {
    var text = new TextFormat();
    ControllerRunner.write(text, List.of(controller));
    return text.toString();
  }

  @Test
  void givesUpAfterTheBackoffLimitAndWaitsBetweenFailures() throws Exception {
    phaseOf = pod -> "Failed";
    job("'backoffLimit':1");
    await(job -> job.at("/status/failed").asInt() == 1);
    assertEquals(1, pods().size(), "the next is made ten seconds later");
    var failed = passTimeUntil("Failed");
    assertEquals(2, failed.at("/status/failed").asInt());
    var condition = Conditions.find(failed, "Failed");
    assertEquals("BackoffLimitExceeded", condition.path("reason").asText());
    assertEquals("Job has reached the specified backoff limit", condition.path("message").asText());
  }

  @Test
  void indexedPodsKnowTheirIndexAndEachIndexSucceedsOnce() throws Exception {
    phaseOf = pod -> index(pod).equals("2") && isFirst(pod) ? "Failed" : "Succeeded";
    job("'completions':4,'parallelism':4,'completionMode':'Indexed'");
    await(job -> job.at("/status/succeeded").asInt() == 3);
    assertEquals("0,1,3", job().at("/status/completedIndexes").asText());
    var done = passTimeUntil("Complete");
    assertEquals("0-3", done.at("/status/completedIndexes").asText());
    assertEquals(1, done.at("/status/failed").asInt());
    var pod = pods().stream().filter(each -> index(each).equals("2")).findFirst().orElseThrow();
    assertEquals("work-2", pod.at("/spec/hostname").asText());
    assertTrue(pod.at("/metadata/name").asText().startsWith("work-2-"));
    assertEquals(
        "metadata.annotations['batch.kubernetes.io/job-completion-index']",
        pod.at("/spec/containers/0/env/0/valueFrom/fieldRef/fieldPath").asText());
  }

  @Test
  void anIndexWithALimitOfItsOwnHoldsUpNoOther() throws Exception {
    phaseOf = pod -> index(pod).equals("0") ? "Failed" : "Succeeded";
    job("'completions':4,'parallelism':1,'completionMode':'Indexed','backoffLimitPerIndex':1");
    await(job -> job.at("/status/completedIndexes").asText().equals("1-3"));
    await(job -> job.at("/status/failed").asInt() == 1);
    assertEquals("0", passTimeUntil("Failed").at("/status/failedIndexes").asText());
    assertEquals(2, job().at("/status/failed").asInt());
  }

  @Test
  void anIndexThatFailsTooOftenFailsAloneUntilAllAreThrough() throws Exception {
    phaseOf = pod -> index(pod).equals("1") ? "Failed" : "Succeeded";
    job("'completions':3,'parallelism':3,'completionMode':'Indexed','backoffLimitPerIndex':1");
    var failed = passTimeUntil("Failed");
    assertEquals("FailedIndexes", Conditions.find(failed, "Failed").path("reason").asText());
    assertEquals("1", failed.at("/status/failedIndexes").asText());
    assertEquals("0,2", failed.at("/status/completedIndexes").asText());
    assertEquals(2, failed.at("/status/failed").asInt());
  }

  @Test
  void theFailurePolicyDecides() throws Exception {
    phaseOf = pod -> "Failed";
    job(
        "'podFailurePolicy':{'rules':[{'action':'FailJob','onExitCodes':{'operator':'In',"
            + "'values':[3]}}]}");
    var failed = awaitCondition("Failed");
    var condition = Conditions.find(failed, "Failed");
    assertEquals("PodFailurePolicy", condition.path("reason").asText());
    assertEquals(
        "Container c for pod team/"
            + pods().getFirst().at("/metadata/name").asText()
            + " failed with exit code 3 matching FailJob rule at index 0",
        condition.path("message").asText());
  }

  @Test
  void anIgnoredFailureCountsForNothing() throws Exception {
    phaseOf = pod -> isFirst(pod) ? "Failed" : "Succeeded";
    job(
        "'backoffLimit':0,'podFailurePolicy':{'rules':[{'action':'Ignore','onExitCodes':{"
            + "'operator':'In','values':[3]}}]}");
    var done = passTimeUntil("Complete");
    assertEquals(0, done.at("/status/failed").asInt());
    assertEquals(1, done.at("/status/succeeded").asInt());
  }

  @Test
  void aSuspendedJobHasNoPodsAndGoesOnLater() throws Exception {
    phaseOf = pod -> TestKubelet.RUNNING;
    job("'suspend':true,'parallelism':2");
    awaitCondition("Suspended");
    assertEquals(0, pods().size());
    suspend(false);
    await(job -> job.at("/status/ready").asInt() == 2);
    suspend(true);
    await(job -> !job.path("status").has("startTime"));
    while (!pods().isEmpty()) {
      Thread.onSpinWait();
    }
    phaseOf = pod -> "Succeeded";
    suspend(false);
    var done = awaitCondition("Complete");
    assertEquals(0, done.at("/status/failed").asInt(), "pods of the suspension are no failures");
  }

  @Test
  void theDeadlineEndsIt() throws Exception {
    phaseOf = pod -> TestKubelet.RUNNING;
    job("'activeDeadlineSeconds':60");
    await(job -> job.at("/status/ready").asInt() == 1);
    var failed = passTimeUntil("Failed");
    assertEquals("DeadlineExceeded", Conditions.find(failed, "Failed").path("reason").asText());
    while (!pods().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSuccessPolicyEndsItEarly() throws Exception {
    phaseOf = pod -> index(pod).equals("0") ? "Succeeded" : TestKubelet.RUNNING;
    job(
        "'completions':3,'parallelism':3,'completionMode':'Indexed','successPolicy':{'rules':[{"
            + "'succeededIndexes':'0'}]}");
    var done = awaitCondition("Complete");
    assertEquals("SuccessPolicy", Conditions.find(done, "Complete").path("reason").asText());
    assertEquals("0", done.at("/status/completedIndexes").asText());
  }

  @Test
  void aSuccessPolicyMayCountAnyIndexes() throws Exception {
    phaseOf = pod -> index(pod).equals("1") ? "Succeeded" : TestKubelet.RUNNING;
    job(
        "'completions':3,'parallelism':3,'completionMode':'Indexed','successPolicy':{'rules':[{"
            + "'succeededCount':1}]}");
    var done = awaitCondition("Complete");
    assertEquals(
        "SuccessPolicy", Conditions.find(done, "SuccessCriteriaMet").path("reason").asText());
    assertEquals("1", done.at("/status/completedIndexes").asText());
    Await.until(() -> pods().size() == 1);
  }

  @Test
  void aSuccessPolicyMayAskForEveryIndex() throws Exception {
    job(
        "'completions':3,'parallelism':2,'completionMode':'Indexed','successPolicy':{'rules':[{"
            + "'succeededIndexes':'0-2'}]}");
    var done = awaitCondition("Complete");
    assertEquals("SuccessPolicy", Conditions.find(done, "Complete").path("reason").asText());
    assertEquals("0-2", done.at("/status/completedIndexes").asText());
    assertEquals(3, done.at("/status/succeeded").asInt());
  }

  @Test
  void anIndexThatThePolicyFailsIsNotTriedAgain() throws Exception {
    phaseOf = pod -> index(pod).equals("0") ? "Failed" : "Succeeded";
    job(
        "'completions':2,'parallelism':2,'completionMode':'Indexed','backoffLimitPerIndex':1,"
            + "'podFailurePolicy':{'rules':[{'action':'FailIndex','onExitCodes':{'operator':'In',"
            + "'values':[3]}}]}");
    var failed = awaitCondition("Failed");
    assertEquals("FailedIndexes", Conditions.find(failed, "Failed").path("reason").asText());
    assertEquals("0", failed.at("/status/failedIndexes").asText());
    assertEquals("1", failed.at("/status/completedIndexes").asText());
    assertEquals(1, failed.at("/status/failed").asInt());
  }

  @Test
  void tooManyFailedIndexesEndItThoughOthersRun() throws Exception {
    phaseOf = pod -> index(pod).matches("[01]") ? "Failed" : TestKubelet.RUNNING;
    job(
        "'completions':4,'parallelism':4,'completionMode':'Indexed','backoffLimitPerIndex':0,"
            + "'maxFailedIndexes':1");
    var failed = awaitCondition("Failed");
    assertEquals(
        "MaxFailedIndexesExceeded", Conditions.find(failed, "Failed").path("reason").asText());
    assertEquals("0,1", failed.at("/status/failedIndexes").asText());
    assertEquals("", failed.at("/status/completedIndexes").asText());
  }

  @Test
  void orphansAreAdoptedAndWhatDoesNotMatchIsLetGo() throws Exception {
    phaseOf = pod -> TestKubelet.RUNNING;
    job("'parallelism':2,'completions':2");
    await(job -> job.at("/status/ready").asInt() == 2);
    var pod = pods().getFirst();
    patch(pod, "{'metadata':{'ownerReferences':null}}");
    cluster.await(
        Resources.PODS,
        Json.key(pod),
        now -> ControllerRef.uidOf(now).equals(job().at("/metadata/uid").asText()));
    patch(pod, "{'metadata':{'labels':null}}");
    cluster.await(Resources.PODS, Json.key(pod), now -> ControllerRef.uidOf(now).isEmpty());
    Await.until(() -> pods().size() == 3);
  }

  private void patch(ObjectNode pod, String merge) {
    cluster.client.patch(Resources.PODS, Json.key(pod), Patch.merge(TestCluster.json(merge)));
  }

  @Test
  void everyPodIsCountedOnceThoughTheControllerIsInterruptedAllTheTime() throws Exception {
    job("'completions':60,'parallelism':10");
    var last = -1;
    while (!Conditions.status(job(), "Complete").equals("True")) {
      int now = job().at("/status/succeeded").asInt();
      if (now != last) {
        last = now;
        stopController();
        startController();
      }
    }
    assertEquals(60, job().at("/status/succeeded").asInt());
    assertEquals(60, pods().size());
    assertFalse(job().at("/status").has("failed"));
  }

  @Test
  void anOldJobGoesWhenItsTimeIsOver() throws Exception {
    try (var ttl = JobTtlController.runner(cluster.client, informers, cluster.clock).start()) {
      job("'ttlSecondsAfterFinished':100");
      awaitCondition("Complete");
      while (!job().at("/metadata").has("deletionTimestamp")) {
        cluster.clock.pass(Duration.ofSeconds(100));
        touch();
      }
    }
  }

  private void startController() {
    informers = new SharedInformers(cluster.client);
    controller = JobController.runner(cluster.client, informers, cluster.clock);
    informers.start();
    controller.start();
  }

  private void stopController() {
    controller.close();
    informers.close();
  }

  private void job(String spec) {
    cluster.create(
        JOBS,
        "{'metadata':{'namespace':'team','name':'work'},'spec':{"
            + spec
            + ",'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]"
            + "}}}}");
  }

  private void suspend(boolean suspended) {
    cluster.client.patch(
        JOBS, KEY, Patch.merge(TestCluster.json("{'spec':{'suspend':" + suspended + "}}")));
  }

  private void touch() {
    var text = "{'metadata':{'annotations':{'touched':'" + System.nanoTime() + "'}}}";
    cluster.client.patch(JOBS, KEY, Patch.merge(TestCluster.json(text)));
  }

  private ObjectNode job() {
    return cluster.client.get(JOBS, KEY);
  }

  private ObjectNode await(Predicate<ObjectNode> wanted) throws InterruptedException {
    return cluster.await(JOBS, KEY, wanted);
  }

  private ObjectNode awaitCondition(String type) throws InterruptedException {
    return await(job -> Conditions.status(job, type).equals("True"));
  }

  private ObjectNode passTimeUntil(String type) {
    while (!Conditions.status(job(), type).equals("True")) {
      cluster.clock.pass(Duration.ofSeconds(60));
      touch();
    }
    return job();
  }

  private List<ObjectNode> pods() {
    return cluster.client.list(Resources.PODS, "team", ListOptions.ALL).items();
  }

  private static String index(ObjectNode pod) {
    return pod.path("metadata").path("annotations").path(JobSpec.INDEX).asText();
  }

  /** Whether it is the pod that was asked about first. */
  private boolean isFirst(ObjectNode pod) {
    first.compareAndSet(null, JobPods.uid(pod));
    return first.get().equals(JobPods.uid(pod));
  }

  @Test
  void indexesAreSpeltAsRanges() {
    var set = IndexSet.parse("0-2,5,7-8");
    assertEquals(Set.of(0, 1, 2, 5, 7, 8), members(set));
    set.add(6);
    assertEquals("0-2,5-8", set.toString());
    assertEquals("0,1,3", IndexSet.parse("0-1,3").toString());
    assertEquals("", IndexSet.parse("").toString());
  }

  private static Set<Integer> members(IndexSet set) {
    var members = new TreeSet<Integer>();
    for (int i = 0; i < 20; i++) {
      if (set.contains(i)) {
        members.add(i);
      }
    }
    return members;
  }
}
