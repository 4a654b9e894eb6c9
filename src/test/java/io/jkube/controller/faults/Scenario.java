package io.jkube.controller.faults;

import static io.jkube.controller.TestCluster.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.DeleteOptions;
import io.jkube.client.DeleteOptions.Propagation;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What users do to a cluster, with pauses of random length; it ends in the same wish each time. */
final class Scenario {
  static final String TEAM = "team";
  static final String LEAVING = "leaving";
  static final GroupVersionResource DEPLOYMENTS = apps("deployments");
  static final GroupVersionResource REPLICA_SETS = apps("replicasets");
  static final GroupVersionResource STATEFUL_SETS = apps("statefulsets");
  static final GroupVersionResource DAEMON_SETS = apps("daemonsets");
  static final GroupVersionResource REVISIONS = apps("controllerrevisions");
  static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
  static final GroupVersionResource CRON_JOBS = new GroupVersionResource("batch", "v1", "cronjobs");
  static final GroupVersionResource CONTROLLERS =
      new GroupVersionResource("", "v1", "replicationcontrollers");
  static final GroupVersionResource QUOTAS = new GroupVersionResource("", "v1", "resourcequotas");
  static final GroupVersionResource BUDGETS =
      new GroupVersionResource("policy", "v1", "poddisruptionbudgets");

  private static final int LONGEST_PAUSE_MICROS = 15_000;

  private final TestCluster cluster;
  private final Random random;

  Scenario(TestCluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(seed);
  }

  private static GroupVersionResource apps(String plural) {
    return new GroupVersionResource("apps", "v1", plural);
  }

  /** Before the controllers begin. */
  void prepare() {
    for (var name : new String[] {"kube-system", "kube-node-lease", TEAM, LEAVING}) {
      cluster.namespace(name);
      make(Resources.SERVICE_ACCOUNTS, name, "default", "'automountServiceAccountToken':false");
    }
  }

  void play() {
    begin();
    change();
    remove();
    runOfTheCronJob();
  }

  private void begin() {
    make(QUOTAS, TEAM, "all", "'spec':{'hard':{'pods':'200','count/jobs.batch':'50'}}");
    workload(DEPLOYMENTS, "web", "'replicas':4");
    make(
        Resources.SERVICES,
        TEAM,
        "web",
        "'spec':{'clusterIP':'None','selector':{'app':'web'},'ports':[{'port':80}]}");
    make(
        BUDGETS, TEAM, "web", "'spec':{'minAvailable':2,'selector':{'matchLabels':{'app':'web'}}}");
    workload(STATEFUL_SETS, "db", "'serviceName':'db','replicas':3");
    workload(DAEMON_SETS, "agent", "'updateStrategy':{'type':'RollingUpdate'}");
    job(
        "indexed",
        "fails-at-1",
        "'completionMode':'Indexed','completions':6,'backoffLimitPerIndex':0,");
    job("many", "well", "'completions':10,");
    make(
        Resources.PODS,
        TEAM,
        "orphan",
        "'spec':{'containers':[{'name':'c','image':'v1'}]}",
        "'app':'rc'");
    make(
        CONTROLLERS,
        TEAM,
        "rc",
        "'spec':{'replicas':3,'selector':{'app':'rc'},'template':" + template("rc", "v1") + "}");
    workload(DEPLOYMENTS, "doomed", "'replicas':2");
    workload(DEPLOYMENTS, "parting", "'replicas':2");
    make(
        CRON_JOBS,
        TEAM,
        "tick",
        "'spec':{'schedule':'* * * * *','jobTemplate':{'spec':{'template':"
            + podOf("'ends':'well'", "v1")
            + "}}}");
    make(Resources.CONFIG_MAPS, LEAVING, "settings", "'data':{'a':'b'}");
    make(
        DEPLOYMENTS,
        LEAVING,
        "web",
        "'spec':{'replicas':2,'selector':{'matchLabels':{'app':'web'}},'template':"
            + template("web", "v1")
            + "}");
  }

  private void change() {
    image(DEPLOYMENTS, "web", "v2");
    image(DAEMON_SETS, "agent", "v2");
    patch(DEPLOYMENTS, "web", "{'spec':{'replicas':6}}");
    image(STATEFUL_SETS, "db", "v2");
    deleteSomePod();
    image(DEPLOYMENTS, "web", "v3");
    patch(STATEFUL_SETS, "db", "{'spec':{'replicas':4}}");
    deleteSomePod();
    patch(CONTROLLERS, "rc", "{'spec':{'replicas':2}}");
    patch(DEPLOYMENTS, "web", "{'spec':{'replicas':5}}");
    deleteSomePod();
  }

  private void remove() {
    awaitOne(REPLICA_SETS, "parting-");
    delete(DEPLOYMENTS, new ObjectKey(TEAM, "doomed"), Propagation.FOREGROUND);
    delete(DEPLOYMENTS, new ObjectKey(TEAM, "parting"), Propagation.ORPHAN);
    cluster.client.resource(Resources.NAMESPACES).delete(ObjectKey.cluster(LEAVING));
    deleteSomePod();
  }

  private void runOfTheCronJob() {
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofSeconds(10));
    }
    patch(CRON_JOBS, "tick", "{'metadata':{'annotations':{'look':'now'}}}");
    awaitOne(JOBS, "tick-");
    patch(CRON_JOBS, "tick", "{'spec':{'suspend':true}}");
  }

  /** Time goes on while it is waited for: tries after a failure come by the clock. */
  private void awaitOne(GroupVersionResource kind, String prefix) {
    Await.until(
        () -> {
          pass(Duration.ofMillis(10));
          return cluster.client.list(kind, TEAM, ListOptions.ALL).items().stream()
              .anyMatch(object -> Json.key(object).name().startsWith(prefix));
        });
  }

  /** Time goes on, and the nodes' kubelets are there. */
  void pass(Duration time) {
    cluster.clock.pass(time);
    for (var node : FakeNodes.NAMES) {
      var key = new ObjectKey("kube-node-lease", node);
      var spec = "'renewTime':'" + Timestamps.micros(cluster.clock.instant()) + "'";
      var lease = json("{'metadata':{'namespace':'kube-node-lease','name':'" + node + "'}}");
      lease.set("spec", json("{" + spec + "}"));
      if (cluster.client.find(Resources.LEASES, key).isEmpty()) {
        cluster.client.create(Resources.LEASES, lease);
      } else {
        cluster.client.patch(Resources.LEASES, key, Patch.merge(lease));
      }
    }
    pause();
  }

  void workload(GroupVersionResource kind, String name, String spec) {
    make(
        kind,
        TEAM,
        name,
        "'spec':{%s,'selector':{'matchLabels':{'app':'%s'}},'template':%s}"
            .formatted(spec, name, template(name, "v1")));
  }

  void job(String name, String ends, String spec) {
    make(
        JOBS,
        TEAM,
        name,
        "'spec':{'parallelism':3,"
            + spec
            + "'template':"
            + podOf("'ends':'" + ends + "'", "v1")
            + "}");
  }

  private static String template(String app, String image) {
    return "{'metadata':{'labels':{'app':'%s'}},'spec':{'containers':[{'name':'c','image':'%s'}]}}"
        .formatted(app, image);
  }

  private static String podOf(String labels, String image) {
    return ("{'metadata':{'labels':{%s}},'spec':{'restartPolicy':'Never','containers':"
            + "[{'name':'c','image':'%s'}]}}")
        .formatted(labels, image);
  }

  private void make(GroupVersionResource kind, String namespace, String name, String fields) {
    make(kind, namespace, name, fields, "");
  }

  private void make(
      GroupVersionResource kind, String namespace, String name, String fields, String labels) {
    cluster.create(
        kind,
        "{'metadata':{'namespace':'%s','name':'%s','labels':{%s}},%s}"
            .formatted(namespace, name, labels, fields));
    pause();
  }

  private void image(GroupVersionResource kind, String name, String image) {
    patch(
        kind,
        name,
        "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'" + image + "'}]}}}}");
  }

  private void patch(GroupVersionResource kind, String name, String change) {
    cluster.client.patch(kind, new ObjectKey(TEAM, name), Patch.strategic(json(change)));
    pause();
  }

  private void delete(GroupVersionResource kind, ObjectKey key, Propagation policy) {
    cluster.client.delete(kind, key, DeleteOptions.DEFAULT.withPropagation(policy));
    pause();
  }

  /** One that is not of a Job: what those count is told apart by which pods there were. */
  private void deleteSomePod() {
    var pods =
        cluster.client.list(Resources.PODS, TEAM, ListOptions.ALL).items().stream()
            .filter(pod -> !pod.path("metadata").path("labels").has(FakeNodes.ENDS))
            .toList();
    if (!pods.isEmpty()) {
      deleteUnlessGone(pods.get(random.nextInt(pods.size())));
    }
    pause();
  }

  private void deleteUnlessGone(ObjectNode pod) {
    try {
      cluster.client.delete(Resources.PODS, Json.key(pod), DeleteOptions.DEFAULT);
    } catch (ApiException gone) {
      // somebody was faster
    }
  }

  private void pause() {
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MICROS)));
  }
}
