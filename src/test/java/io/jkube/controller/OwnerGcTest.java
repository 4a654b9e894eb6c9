package io.jkube.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.DeleteOptions.Propagation;
import io.jkube.client.Transport;
import io.jkube.controller.runtime.ControllerRunner;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of objects when their owners go. */
@Timeout(30)
final class OwnerGcTest {
  private static final ObjectKey OWNER = new ObjectKey("team", "owner");
  private static final GroupVersionResource REVISIONS =
      new GroupVersionResource("apps", "v1", "controllerrevisions");
  private static final Duration SOON = Duration.ofMillis(200);
  private static final ObjectKey OWNED = new ObjectKey("team", "owned");

  private final TestCluster cluster = new TestCluster();
  private ControllerRunner runner;

  @BeforeEach
  void start() {
    cluster.namespace("team");
    runner = OwnerGc.runner(cluster.client, cluster.clock).start();
  }

  @AfterEach
  void close() {
    runner.close();
    cluster.close();
  }

  @Test
  void whatItOwnedGoesAfterIt() throws InterruptedException {
    owned(owner("owner"));
    cluster.client.delete(Resources.CONFIG_MAPS, OWNER, DeleteOptions.DEFAULT);
    cluster.awaitGone(Resources.SECRETS, OWNED);
  }

  @Test
  void aKindThatCannotBeListedHoldsUpNoOther() throws Exception {
    runner.close();
    runner =
        OwnerGc.runner(refusing(call -> call.path().endsWith("/leases")), cluster.clock, SOON)
            .start();
    owned(owner("owner"));
    cluster.client.delete(Resources.CONFIG_MAPS, OWNER, DeleteOptions.DEFAULT);
    cluster.awaitGone(Resources.SECRETS, OWNED);
  }

  @Test
  void aServerThatDidNotSayWhatItServesIsAskedAgain() throws Exception {
    runner.close();
    var silent = new AtomicBoolean(true);
    var client = refusing(call -> silent.get() && call.path().equals("/apis/apps/v1"));
    runner = OwnerGc.runner(client, cluster.clock).start();
    silent.set(false);
    var revision =
        TestCluster.json("{'metadata':{'namespace':'team','name':'r'},'revision':1,'data':{}}");
    revision.withObject("/metadata").putArray("ownerReferences").add(reference(owner("owner")));
    cluster.client.create(REVISIONS, revision);
    cluster.clock.pass(OwnerGc.NEXT_LOOK_AT_KINDS);
    cluster.client.delete(Resources.CONFIG_MAPS, OWNER, DeleteOptions.DEFAULT);
    cluster.awaitGone(REVISIONS, new ObjectKey("team", "r"));
  }

  /** The server is not reached with such calls. */
  private ApiClient refusing(Predicate<ApiCall> refused) {
    var way = cluster.client.transport();
    return new ApiClient(
        new Transport() {
          @Override
          public ObjectNode send(ApiCall call) {
            if (refused.test(call)) {
              throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "refused");
            }
            return way.send(call);
          }

          @Override
          public WatchStream watch(ApiCall call) {
            return way.watch(call);
          }

          @Override
          public InputStream stream(ApiCall call) {
            return way.stream(call);
          }
        });
  }

  @Test
  void whatItOwnedGoesBeforeItInTheForeground() throws InterruptedException {
    owned(owner("owner"));
    delete(Propagation.FOREGROUND);
    cluster.awaitGone(Resources.CONFIG_MAPS, OWNER);
    assertTrue(cluster.client.find(Resources.SECRETS, OWNED).isEmpty());
  }

  @Test
  void whatItOwnedStaysWhenItIsOrphaned() throws InterruptedException {
    owned(owner("owner"));
    delete(Propagation.ORPHAN);
    cluster.awaitGone(Resources.CONFIG_MAPS, OWNER);
    var left = cluster.client.get(Resources.SECRETS, OWNED);
    assertEquals(0, left.at("/metadata/ownerReferences").size());
  }

  @Test
  void anotherOwnerKeepsIt() throws InterruptedException {
    var stays = owner("stays");
    owned(owner("owner"), stays);
    cluster.client.delete(Resources.CONFIG_MAPS, OWNER, DeleteOptions.DEFAULT);
    var left =
        cluster.await(
            Resources.SECRETS, OWNED, now -> now.at("/metadata/ownerReferences").size() == 1);
    assertEquals(
        stays.at("/metadata/uid"), left.at("/metadata/ownerReferences/0/uid"), "the one that is");
  }

  @Test
  void whatNamesAnOwnerThatNeverWasGoes() throws InterruptedException {
    var never = owner("owner").deepCopy();
    never.withObject("/metadata").put("uid", "00000000-0000-0000-0000-000000000000");
    owned(never);
    cluster.awaitGone(Resources.SECRETS, OWNED);
    assertTrue(cluster.client.find(Resources.CONFIG_MAPS, OWNER).isPresent());
  }

  @Test
  void aCircleOfOwnersGoesWhole() throws InterruptedException {
    var first = owner("owner");
    owned(first);
    var last = cluster.client.get(Resources.SECRETS, OWNED);
    var reference =
        "{'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'Secret','name':'owned','uid':'%s',"
            + "'controller':true,'blockOwnerDeletion':true}]}}";
    cluster.client.patch(
        Resources.CONFIG_MAPS,
        OWNER,
        io.jkube.client.Patch.strategic(
            TestCluster.json(reference.formatted(last.at("/metadata/uid").asText()))));
    delete(Propagation.FOREGROUND);
    cluster.awaitGone(Resources.SECRETS, OWNED);
    cluster.awaitGone(Resources.CONFIG_MAPS, OWNER);
  }

  private void delete(Propagation policy) {
    cluster.client.delete(
        Resources.CONFIG_MAPS, OWNER, DeleteOptions.DEFAULT.withPropagation(policy));
  }

  private ObjectNode owner(String name) {
    return cluster.create(
        Resources.CONFIG_MAPS, "{'metadata':{'namespace':'team','name':'" + name + "'}}");
  }

  private void owned(ObjectNode... owners) {
    var secret = TestCluster.json("{'metadata':{'namespace':'team','name':'owned'}}");
    for (var owner : owners) {
      secret.withObject("/metadata").withArray("ownerReferences").add(reference(owner));
    }
    cluster.client.create(Resources.SECRETS, secret);
  }

  private static ObjectNode reference(ObjectNode owner) {
    return Json.object()
        .put("apiVersion", owner.path("apiVersion").asText())
        .put("kind", owner.path("kind").asText())
        .put("name", owner.at("/metadata/name").asText())
        .put("uid", owner.at("/metadata/uid").asText())
        .put("blockOwnerDeletion", true);
  }

  @Test
  void customResourcesOwnAndAreOwned() throws InterruptedException {
    widgetsAreServed();
    var widgets = new GroupVersionResource("example.com", "v1", "widgets");
    var widget =
        cluster.create(
            widgets,
            "{'apiVersion':'example.com/v1','kind':'Widget',"
                + "'metadata':{'name':'owner','namespace':'team'}}");
    owned(widget);
    cluster.client.delete(widgets, OWNER, DeleteOptions.DEFAULT);
    cluster.awaitGone(Resources.SECRETS, OWNED);
    var left = cluster.create(widgets, widgetOwnedBy(owner("owner")));
    cluster.client.delete(Resources.CONFIG_MAPS, OWNER, DeleteOptions.DEFAULT);
    cluster.awaitGone(widgets, Json.key(left));
  }

  @Test
  void anOwnerThatWentBeforeItsKindWasFollowedIsMissed() throws InterruptedException {
    runner.close();
    var secret = TestCluster.json("{'metadata':{'namespace':'team','name':'owned'}}");
    secret
        .withObject("/metadata")
        .withArray("ownerReferences")
        .addObject()
        .put("apiVersion", "example.com/v1")
        .put("kind", "Widget")
        .put("name", "gone")
        .put("uid", "00000000-0000-0000-0000-000000000000");
    cluster.client.create(Resources.SECRETS, secret);
    runner = OwnerGc.runner(cluster.client, cluster.clock).start();
    widgetsAreServed();
    cluster.awaitGone(Resources.SECRETS, OWNED);
  }

  @Test
  void anOwnerInAnotherNamespaceIsNone() throws InterruptedException {
    cluster.namespace("other");
    var elsewhere =
        cluster.create(Resources.CONFIG_MAPS, "{'metadata':{'namespace':'other','name':'owner'}}");
    owned(elsewhere);
    cluster.awaitGone(Resources.SECRETS, OWNED);
    assertTrue(
        cluster.client.find(Resources.CONFIG_MAPS, new ObjectKey("other", "owner")).isPresent());
  }

  private void widgetsAreServed() throws InterruptedException {
    var crds = Resources.CUSTOM_RESOURCE_DEFINITIONS;
    cluster.create(
        crds,
        "{'metadata':{'name':'widgets.example.com'},'spec':{'group':'example.com','scope':"
            + "'Namespaced','names':{'plural':'widgets','kind':'Widget'},'versions':[{'name':'v1',"
            + "'served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}");
    cluster.await(
        crds,
        ObjectKey.cluster("widgets.example.com"),
        crd -> crd.at("/status/conditions/1/status").asText().equals("True"));
  }

  private static String widgetOwnedBy(ObjectNode owner) {
    return "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'owned',"
        + "'namespace':'team','ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap',"
        + "'name':'owner','uid':'"
        + owner.at("/metadata/uid").asText()
        + "'}]}}";
  }
}
