package io.jkube.apiserver.aggregation;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.apiserver.webhook.ClientConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out whether another server can be asked: its Service first, then the server itself. */
final class AvailabilityCheck {
  /** Whom a server knows to be allowed everything. */
  static final UserInfo AGGREGATOR =
      new UserInfo("system:kube-aggregator", "", List.of(UserInfo.MASTERS), Map.of());

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private final SettledKind services;
  private final SettledKind slices;

  AvailabilityCheck(ObjectStore objects) {
    services = objects.settled(Resources.SERVICES);
    slices = objects.settled(Resources.ENDPOINT_SLICES);
  }

  /** What is wrong with the Service, as far as objects say; asks nobody. */
  Optional<Availability> ofService(ClientConfig.Service wanted) {
    var key = new ObjectKey(wanted.namespace(), wanted.name());
    var service = services.get(key).map(StoredObject::tree);
    var where = "service/%s in \"%s\"".formatted(wanted.name(), wanted.namespace());
    if (service.isEmpty()) {
      return Optional.of(Availability.failed("ServiceNotFound", where + " is not present"));
    }
    if (!text(service.get(), "/spec/type").equals("ClusterIP")) {
      return Optional.empty();
    }
    for (var port : objects(service.get(), "/spec/ports")) {
      if (port.path("port").asInt() == wanted.port()) {
        return ofEndpoints(key, where, text(port, "/name"));
      }
    }
    return Optional.of(
        Availability.failed(
            "ServicePortError", where + " is not listening on port " + wanted.port()));
  }

  private Optional<Availability> ofEndpoints(ObjectKey service, String where, String port) {
    var own =
        slices.list(service.namespace()).stream()
            .map(StoredObject::tree)
            .filter(
                slice ->
                    slice
                        .at("/metadata/labels")
                        .path(SERVICE_LABEL)
                        .asText()
                        .equals(service.name()))
            .toList();
    if (own.isEmpty()) {
      return Optional.of(
          Availability.failed("EndpointsNotFound", "cannot find endpointslices for " + where));
    }
    if (own.stream().noneMatch(slice -> leads(slice, port))) {
      return Optional.of(
          Availability.failed(
              "MissingEndpoints",
              "endpointslices for %s have no addresses with port name \"%s\""
                  .formatted(where, port)));
    }
    return Optional.empty();
  }

  private static boolean leads(ObjectNode slice, String port) {
    return objects(slice, "/endpoints").stream()
            .anyMatch(endpoint -> endpoint.at("/conditions/ready").asBoolean(true))
        && objects(slice, "/ports").stream().anyMatch(each -> text(each, "/name").equals(port));
  }

  /** Asks the server what it serves; comes with an answer in any case, and within a limit. */
  CompletableFuture<Availability> ofServer(RemoteServer server) {
    var service = server.api().service();
    var url = "https://" + service.host() + ":" + service.port() + server.api().path();
    var answer = new CompletableFuture<Answer>();
    Thread.ofVirtual()
        .name("look at " + server.api().apiVersion())
        .start(() -> look(server, server.api().path(), answer));
    return answer
        .orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle((found, failure) -> judge(url, found, failure));
  }

  private static Availability judge(String url, Answer found, Throwable failure) {
    if (failure != null) {
      boolean late = failure instanceof TimeoutException;
      return failed(url, late ? "context deadline exceeded" : failure.getMessage());
    }
    return found.isGood()
        ? Availability.passed(found.document())
        : failed(url, "bad status from " + url + ": " + found.code());
  }

  private static Availability failed(String url, String why) {
    return Availability.failed(
        "FailedDiscoveryCheck", "failing or missing response from " + url + ": " + why);
  }

  private static void look(RemoteServer server, String path, CompletableFuture<Answer> answer) {
    try {
      answer.complete(Answer.of(server, path, "application/json"));
    } catch (IOException | ApiException failure) {
      answer.completeExceptionally(failure);
    }
  }
}
