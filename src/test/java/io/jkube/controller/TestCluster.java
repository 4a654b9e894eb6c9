package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.Security;
import io.jkube.apiserver.ServerParts;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import io.jkube.cluster.InProcessTransport;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.testing.InMemoryStore;
import io.jkube.trace.PodTraces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** An API server in this process, a clock that is moved by hand, and what tests wait for. */
public final class TestCluster implements AutoCloseable {
  private static final BuiltinDefinitions DEFINITIONS = new BuiltinDefinitions();

  public final HandClock clock = new HandClock();
  public final ApiClient client;
  private final InMemoryStore store = new InMemoryStore();
  private final FilterChain chain;

  public TestCluster() {
    var catalog = BuiltinKinds.catalog(clock);
    chain =
        FilterChain.over(
            new ServerParts(
                store,
                catalog,
                new SchemaEngine(DEFINITIONS),
                new OpenApiDocuments(catalog, DEFINITIONS, "v1.35.0"),
                Security.open(new StaticTokens(Map.of())),
                KubeletConnection.NONE,
                new PodTraces(clock, 100, 100),
                clock,
                "0.1.0",
                Map.of()));
    client = clientOf("admin");
  }

  public ApiClient clientOf(String user) {
    return new ApiClient(new InProcessTransport(chain, UserInfo.of(user), user));
  }

  /** JSON with single quotes. */
  public static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  public ObjectNode create(GroupVersionResource resource, String text) {
    return client.create(resource, json(text));
  }

  public void namespace(String name) {
    create(io.jkube.api.Resources.NAMESPACES, "{'metadata':{'name':'" + name + "'}}");
  }

  /** Waits until the object is there and as wanted. */
  public ObjectNode await(
      GroupVersionResource resource, ObjectKey key, Predicate<ObjectNode> wanted)
      throws InterruptedException {
    return awaitState(resource, key, object -> object.filter(wanted).isPresent()).orElseThrow();
  }

  public void awaitGone(GroupVersionResource resource, ObjectKey key) throws InterruptedException {
    awaitState(resource, key, Optional::isEmpty);
  }

  private Optional<ObjectNode> awaitState(
      GroupVersionResource resource, ObjectKey key, Predicate<Optional<ObjectNode>> wanted)
      throws InterruptedException {
    var list = client.list(resource, key.namespace(), ListOptions.ALL);
    var now = list.items().stream().filter(item -> Json.key(item).equals(key)).findFirst();
    if (wanted.test(now)) {
      return now;
    }
    var since = ListOptions.ALL.withResourceVersion(list.resourceVersion());
    try (var watch = client.watch(resource, key.namespace(), since)) {
      for (var event = watch.next(); event != null; event = watch.next()) {
        if (!Json.key(event.object()).equals(key)) {
          continue;
        }
        var state =
            event.type().equals("DELETED")
                ? Optional.<ObjectNode>empty()
                : Optional.of(event.object());
        if (wanted.test(state)) {
          return state;
        }
      }
    }
    throw new AssertionError("the watch ended before " + key + " was as wanted");
  }

  @Override
  public void close() {
    chain.close();
    store.close();
  }

  /** Stands still until it is moved. */
  public static final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    public void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("tests live in UTC");
    }
  }
}
