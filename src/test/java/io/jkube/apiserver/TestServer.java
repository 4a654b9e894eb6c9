package io.jkube.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.apiserver.audit.AuditLog;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.authz.rbac.BootstrapPolicy;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.testing.InMemoryStore;
import io.jkube.trace.PodTraces;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A filter chain over a store in memory, asked as a client would ask it. */
final class TestServer implements AutoCloseable {
  final InMemoryStore store = new InMemoryStore();
  final PodTraces traces = new PodTraces(InstantSource.system(), 100, 100);
  final FilterChain chain;
  UserInfo user;
  String accept = "application/json";

  TestServer() {
    this(KubeletConnection.NONE);
  }

  private static final BuiltinDefinitions DEFINITIONS = new BuiltinDefinitions();

  TestServer(KubeletConnection kubelets) {
    this(
        kubelets,
        Security.open(new StaticTokens(Map.of("secret", UserInfo.of("robot", "bots")))),
        InstantSource.system());
  }

  /** A server that holds everyone to their rights; {@link #user} may do everything at first. */
  static TestServer guarded(InstantSource clock) {
    return guarded(clock, null);
  }

  /**
   * @param audit notes everything from the seeding on; or null
   */
  static TestServer guarded(InstantSource clock, AuditLog audit) {
    var security =
        new Security(
            new StaticTokens(Map.of()),
            TestSigningKey.KEY,
            Security.Authorization.NODE_AND_RBAC,
            audit);
    var server = new TestServer(KubeletConnection.NONE, security, clock, MASTER);
    for (var name : List.of("kube-system", "kube-public")) {
      server.post("/api/v1/namespaces", "{'metadata':{'name':'" + name + "'}}");
    }
    for (var object : BootstrapPolicy.objects()) {
      var kind = object.path("kind").asText().toLowerCase(java.util.Locale.ROOT) + "s";
      var resource = new GroupVersionResource("rbac.authorization.k8s.io", "v1", kind);
      var path = resource.path(object.at("/metadata/namespace").asText());
      tree(server.ask("POST", path, "application/json", new Body.Tree(object)));
    }
    return server;
  }

  /** Why nothing holds pods to network policies. */
  volatile Optional<String> policyObstacle = Optional.empty();

  static final UserInfo MASTER = UserInfo.of("root", UserInfo.MASTERS);

  /** Asks as somebody else from now on. */
  TestServer as(String name, String... groups) {
    user = UserInfo.of(name, groups);
    return this;
  }

  TestServer(KubeletConnection kubelets, Security security, InstantSource clock) {
    this(kubelets, security, clock, UserInfo.of("alice", "dev"));
  }

  private TestServer(
      KubeletConnection kubelets, Security security, InstantSource clock, UserInfo first) {
    user = first;
    var catalog = BuiltinKinds.catalog(clock);
    chain =
        FilterChain.over(
            new ServerParts(
                store,
                catalog,
                new SchemaEngine(DEFINITIONS),
                new OpenApiDocuments(catalog, DEFINITIONS, "v1.35.0"),
                security,
                kubelets,
                traces,
                clock,
                "0.1.0",
                Map.of(),
                () -> policyObstacle));
    post("/api/v1/namespaces", "{'metadata':{'name':'default'}}");
    post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
  }

  /** JSON with single quotes. */
  static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  Reply ask(String method, String pathAndQuery, String contentType, Body body) {
    return ask(method, pathAndQuery, contentType, body, new Caller.InProcess(user));
  }

  /** The same question by someone else. */
  Reply ask(String method, String pathAndQuery, String contentType, Body body, Caller caller) {
    int mark = pathAndQuery.indexOf('?');
    var path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    var query = Routes.query(mark < 0 ? "" : pathAndQuery.substring(mark + 1));
    return chain.handle(
        new ApiRequest(method, path, query, accept, contentType, "test", caller, body));
  }

  static ObjectNode tree(Reply reply) {
    return switch (reply) {
      case Reply.Found found -> found.document().tree().deepCopy();
      case Reply.Failed failed -> throw failed.failure();
      case Reply.Text text -> Json.parse(text.bytes());
      case Reply.Stream stream -> throw new AssertionError(stream);
      case Reply.Switching switching -> throw new AssertionError(switching);
      case Reply.Proxied proxied -> throw new AssertionError(proxied);
      case Reply.Watching watching -> throw new AssertionError(watching);
    };
  }

  ObjectNode get(String path) {
    return tree(ask("GET", path, "", Body.NONE));
  }

  /** Whether a path answers 404. */
  boolean isMissing(String path) {
    return ask("GET", path, "", Body.NONE).code() == 404;
  }

  ObjectNode post(String path, String body) {
    return tree(ask("POST", path, "application/json", new Body.Tree(json(body))));
  }

  ObjectNode put(String path, ObjectNode body) {
    return tree(ask("PUT", path, "application/json", new Body.Tree(body)));
  }

  ObjectNode patch(String path, String contentType, String body) {
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return tree(ask("PATCH", path, contentType, new Body.Encoded(bytes)));
  }

  /** Applies JSON with single quotes; the path may carry {@code ?fieldManager=...}. */
  ObjectNode apply(String path, String configuration) {
    return patch(path, "application/apply-patch+yaml", configuration);
  }

  ObjectNode delete(String path) {
    return tree(ask("DELETE", path, "", Body.NONE));
  }

  ObjectNode delete(String path, String options) {
    return tree(ask("DELETE", path, "application/json", new Body.Tree(json(options))));
  }

  WatchFeed watch(String path) {
    return switch (ask("GET", path, "", Body.NONE)) {
      case Reply.Watching watching -> watching.feed();
      case Reply.Failed failed -> throw failed.failure();
      case Reply other -> throw new AssertionError(other);
    };
  }

  /** Whether the query is a list's or a watch's: asked, and done with. */
  void watchOrGet(String path) {
    if (path.contains("watch=1")) {
      watch(path).close();
    } else {
      get(path);
    }
  }

  /** Makes a ConfigMap; answers its resourceVersion. */
  String configMap(String name, String label) {
    return version(
        post(
            "/api/v1/namespaces/default/configmaps",
            "{'metadata':{'name':'" + name + "','labels':{'app':'" + label + "'}}}"));
  }

  static String version(ObjectNode object) {
    return object.at("/metadata/resourceVersion").asText();
  }

  static List<String> names(ObjectNode list) {
    var names = new ArrayList<String>();
    list.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
    return names;
  }

  /** What the call fails with. */
  static ApiException failure(Runnable call) {
    return org.junit.jupiter.api.Assertions.assertThrows(ApiException.class, call::run);
  }

  /** {@code ADDED a}, {@code DELETED b}: so many events. */
  static List<String> take(WatchFeed feed, int count) throws InterruptedException {
    var seen = new ArrayList<String>();
    while (seen.size() < count) {
      var events = feed.next();
      if (events.isEmpty()) {
        break;
      }
      for (var event : events) {
        seen.add(event.type() + " " + event.object().at("/metadata/name").asText());
      }
    }
    return seen;
  }

  @Override
  public void close() {
    chain.close();
    store.close();
  }
}
