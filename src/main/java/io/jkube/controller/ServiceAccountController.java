package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;

/**
 * Every active namespace has a service account {@code default}: without it the server refuses pods.
 * The names it works on are namespaces.
 */
final class ServiceAccountController implements Reconciler {
  static final String NAME = "service-account-controller";

  private static final String ACCOUNT = "default";
  private static final int WORKERS = 2;

  private final ApiClient client;
  private final Informer<ObjectNode> namespaces;
  private final Informer<ObjectNode> accounts;

  private ServiceAccountController(ApiClient client, SharedInformers informers) {
    this.client = client;
    this.namespaces = informers.of(Resources.NAMESPACES);
    this.accounts =
        Informer.of(client, Resources.SERVICE_ACCOUNTS).fields("metadata.name=" + ACCOUNT).build();
  }

  static ControllerRunner runner(ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new ServiceAccountController(client, informers);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(controller.namespaces, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .watch(
            controller.accounts,
            ObjectHandler.onEvery(
                (key, any) -> runner.enqueue(ObjectKey.cluster(key.namespace()))));
  }

  @Override
  public Result reconcile(ObjectKey namespace) {
    var key = new ObjectKey(namespace.name(), ACCOUNT);
    boolean wanted = namespaces.get(namespace).filter(NamespaceState::isActive).isPresent();
    if (wanted && accounts.get(key).isEmpty()) {
      var account = Json.object().put("apiVersion", "v1").put("kind", "ServiceAccount");
      account.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
      NamespaceState.createUnlessMoot(() -> client.create(Resources.SERVICE_ACCOUNTS, account));
    }
    return Result.done();
  }
}
