package io.jkube.apiserver.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.request.WatchFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One request on its way through the server, as its audit events tell it. One thread's. */
public final class AuditedRequest {
  private final AuditLog log;
  private final InstantSource clock;
  private final AuditPolicy.Decision decision;
  private final ApiRequest request;
  private final Attributes what;
  private final UserInfo user;
  private final String id = UUID.randomUUID().toString();
  private final Instant received;
  private final ObjectNode annotations = Json.object();
  private UserInfo actingAs;

  AuditedRequest(
      AuditLog log,
      InstantSource clock,
      AuditPolicy.Decision decision,
      ApiRequest request,
      Attributes what,
      UserInfo user) {
    this.log = log;
    this.clock = clock;
    this.decision = decision;
    this.request = request;
    this.what = what;
    this.user = user;
    this.received = clock.instant();
  }

  /** As whom the request is carried out. */
  public void actingAs(UserInfo other) {
    actingAs = other;
  }

  public void decided(boolean allowed, String why) {
    annotations.put("authorization.k8s.io/decision", allowed ? "allow" : "forbid");
    annotations.put("authorization.k8s.io/reason", why);
  }

  /** Adds what plugins want noted; the patches of webhooks only where bodies are noted, too. */
  public void annotate(Map<String, String> notes) {
    boolean bodies = decision.level().compareTo(Level.REQUEST) >= 0;
    notes.forEach(
        (key, value) -> {
          if (bodies || !key.startsWith("patch.")) {
            annotations.put(key, value);
          }
        });
  }

  /** Notes the answer; a watch or stream when it starts and when it ends. */
  public Reply answered(Reply reply) {
    if (reply instanceof Reply.Watching watching) {
      note(Stage.STARTED, reply);
      return new Reply.Watching(
          new NotedFeed(watching.feed(), () -> note(Stage.COMPLETE, reply)), watching.framing());
    }
    if (reply instanceof Reply.Switching(var headers, var conversation)) {
      note(Stage.STARTED, reply);
      return new Reply.Switching(
          headers,
          link -> {
            conversation.over(link);
            note(Stage.COMPLETE, reply);
          });
    }
    note(Stage.COMPLETE, reply);
    return reply;
  }

  void note(Stage stage, Reply reply) {
    if (decision.level() == Level.NONE || decision.omitted().contains(stage)) {
      return;
    }
    var event = Json.object().put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
    event.put("level", decision.level().text).put("auditID", id).put("stage", stage.text);
    event.put("requestURI", uri()).put("verb", what.verb());
    event.set("user", user(user));
    if (actingAs != null) {
      event.set("impersonatedUser", user(actingAs));
    }
    event.put("userAgent", request.userAgent());
    if (what.resourceRequest()) {
      event.set("objectRef", object());
    }
    if (reply != null) {
      addAnswer(event, reply);
    }
    if (decision.level().compareTo(Level.REQUEST) >= 0 && reply != null) {
      addBodies(event, reply);
    }
    event.put("requestReceivedTimestamp", Timestamps.micros(received));
    event.put("stageTimestamp", Timestamps.micros(clock.instant()));
    if (!annotations.isEmpty()) {
      event.set("annotations", annotations.deepCopy());
    }
    log.write(event);
  }

  private String uri() {
    var uri = new StringBuilder(request.path());
    char next = '?';
    for (var parameter : request.query().entrySet()) {
      for (var value : parameter.getValue()) {
        uri.append(next).append(parameter.getKey()).append('=').append(value);
        next = '&';
      }
    }
    return uri.toString();
  }

  private static ObjectNode user(UserInfo user) {
    var fields = Json.object().put("username", user.name());
    put(fields, "uid", user.uid());
    user.groups().forEach(fields.putArray("groups")::add);
    if (!user.extra().isEmpty()) {
      var extra = fields.putObject("extra");
      user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
    }
    return fields;
  }

  private ObjectNode object() {
    var reference = Json.object().put("resource", what.resource());
    put(reference, "namespace", what.namespace());
    put(reference, "name", what.name());
    put(reference, "apiGroup", what.group());
    put(reference, "apiVersion", what.version());
    put(reference, "subresource", what.subresource());
    return reference;
  }

  private static void put(ObjectNode fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  private static void addAnswer(ObjectNode event, Reply reply) {
    var status = event.putObject("responseStatus");
    status.putObject("metadata");
    if (reply instanceof Reply.Failed failed) {
      status.put("status", "Failure").put("message", failed.failure().getMessage());
      put(status, "reason", failed.failure().reason().text());
    }
    status.put("code", reply.code());
  }

  private void addBodies(ObjectNode event, Reply reply) {
    if (!what.resourceRequest()) {
      return;
    }
    try {
      var body = BodyReader.optionalObject(request);
      if (body != null) {
        event.set("requestObject", body);
      }
    } catch (ApiException unreadable) {
      // the answer says so
    }
    if (decision.level() == Level.REQUEST_RESPONSE) {
      switch (reply) {
        case Reply.Found found -> event.set("responseObject", found.document().tree());
        case Reply.Failed failed -> event.set("responseObject", failed.failure().status());
        case Reply.Text text -> {}
        case Reply.Stream stream -> {}
        case Reply.Switching switching -> {}
        case Reply.Proxied proxied -> {}
        case Reply.Watching watching -> {}
      }
    }
  }

  /** Tells when its watch is over. */
  private record NotedFeed(WatchFeed feed, Runnable over) implements WatchFeed {
    @Override
    public List<Event> next() throws InterruptedException {
      return feed.next();
    }

    @Override
    public void close() {
      feed.close();
      over.run();
    }
  }
}
