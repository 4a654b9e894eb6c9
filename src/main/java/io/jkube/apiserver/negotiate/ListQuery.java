package io.jkube.apiserver.negotiate;

import io.jkube.api.ApiException;
import io.jkube.api.FieldSelector;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.LabelSelector;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ListOptions;
import io.jkube.apiserver.storage.ListOptions.At;
import io.jkube.apiserver.storage.Selection;
import io.jkube.apiserver.storage.WatchOptions;
import io.jkube.apiserver.storage.WatchOptions.Start;
import io.jkube.registry.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The query of a list or watch, with upstream's rules on which parameters go together ("API
 * Concepts: Resource versions" in the documentation of Kubernetes).
 */
public final class ListQuery {
  private static final GroupVersionKind KIND =
      new GroupVersionKind("meta.k8s.io", "v1", "ListOptions");
  private static final int MIN_WATCH_SECONDS = 1800;

  /** Whatever is at hand: as upstream, all of it, whatever limit is asked for. */
  private static final At ANY = new At.NotBefore(0);

  private ListQuery() {}

  /** Which objects: namespace, name, label and field selectors. */
  public static Selection selection(ResourceCall call) {
    var request = call.request();
    var labels = LabelSelector.parse(request.parameter("labelSelector"));
    var fields = FieldSelector.parse(request.parameter("fieldSelector"));
    var known = call.definition().strategy().selectableFieldNames();
    for (var field : fields.fields()) {
      boolean common = field.equals("metadata.name") || field.equals("metadata.namespace");
      if (!common && !known.contains(field)) {
        throw unknownField(known, field);
      }
    }
    if (!call.info().name().isEmpty()) {
      var terms = new ArrayList<>(fields.terms());
      terms.add(new FieldSelector.Term("metadata.name", true, call.info().name()));
      fields = new FieldSelector(terms);
    }
    return new Selection(call.definition(), call.namespace(), labels, fields);
  }

  /** Clients word around it what they asked for. */
  private static ApiException unknownField(Set<String> known, String field) {
    return ApiException.badRequest(
        known.isEmpty()
            ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                .formatted(field)
            : "field label not supported: " + field);
  }

  /** Which state of them, and how many. */
  public static ListOptions list(ApiRequest request) {
    var violations = new Violations();
    if (request.has("sendInitialEvents")) {
      violations.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
    }
    checkMatch(request, violations);
    violations.throwIfAny(KIND, "");
    number(request, "timeoutSeconds");
    long limit = Math.max(0, number(request, "limit"));
    var next = request.parameter("continue");
    if (!next.isEmpty()
        && !request.parameter("resourceVersion").isEmpty()
        && !request.parameter("resourceVersion").equals("0")) {
      throw ApiException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
    var at = at(request, limit);
    if (next.isEmpty() && at.equals(ANY)) {
      limit = 0;
    }
    return new ListOptions(at, (int) Math.min(limit, Integer.MAX_VALUE), next);
  }

  private static At at(ApiRequest request, long limit) {
    if (request.parameter("resourceVersion").isEmpty()) {
      return new At.Newest();
    }
    long version = revision(request);
    return switch (request.parameter("resourceVersionMatch")) {
      case "Exact" -> new At.Exactly(version);
      case "" -> limit > 0 && version > 0 ? new At.Exactly(version) : new At.NotBefore(version);
      default -> new At.NotBefore(version);
    };
  }

  private static void checkMatch(ApiRequest request, Violations violations) {
    var match = request.parameter("resourceVersionMatch");
    if (match.isEmpty()) {
      return;
    }
    var field = "resourceVersionMatch";
    var version = request.parameter("resourceVersion");
    if (version.isEmpty()) {
      violations.forbidden(
          field, "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (!request.parameter("continue").isEmpty()) {
      violations.forbidden(field, "resourceVersionMatch is forbidden when continue is provided");
    }
    if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
      violations.notSupported(field, match, List.of("Exact", "NotOlderThan", ""));
    }
    if (match.equals("Exact") && version.equals("0")) {
      violations.forbidden(
          field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
  }

  /** Where a watch begins and how long it goes. */
  public static WatchOptions watch(ApiRequest request) {
    long seconds = number(request, "timeoutSeconds");
    if (seconds == 0) {
      seconds = ThreadLocalRandom.current().nextLong(MIN_WATCH_SECONDS, 2L * MIN_WATCH_SECONDS);
    }
    checkInitialEvents(request);
    return new WatchOptions(
        start(request),
        request.flag("allowWatchBookmarks"),
        Duration.ofSeconds(Math.max(0, seconds)));
  }

  private static Start start(ApiRequest request) {
    var version = request.parameter("resourceVersion");
    long revision = revision(request);
    if (request.has("sendInitialEvents")) {
      if (request.flag("sendInitialEvents")) {
        boolean announced = request.flag("allowWatchBookmarks");
        return new Start.WithState(version.isEmpty() ? -1 : revision, announced);
      }
      return revision == 0 ? new Start.Now() : new Start.After(revision);
    }
    if (revision == 0) {
      return new Start.WithState(version.isEmpty() ? -1 : 0, false);
    }
    return new Start.After(revision);
  }

  private static void checkInitialEvents(ApiRequest request) {
    var violations = new Violations();
    var match = request.parameter("resourceVersionMatch");
    if (request.has("sendInitialEvents")) {
      if (!match.equals("NotOlderThan")) {
        violations.forbidden(
            "resourceVersionMatch",
            "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
      }
    } else if (!match.isEmpty()) {
      violations.forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
    if (!match.isEmpty() && !match.equals("NotOlderThan")) {
      violations.notSupported("resourceVersionMatch", match, List.of("NotOlderThan"));
    }
    if (!match.isEmpty() && !request.parameter("continue").isEmpty()) {
      violations.forbidden(
          "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
    }
    violations.throwIfAny(KIND, "");
  }

  /** In the words of Go, whose parsers upstream asks. Below 0 is as good as not given. */
  private static long number(ApiRequest request, String parameter) {
    var text = request.parameter(parameter);
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[+-]?[0-9]+")) {
      throw unreadable("strconv.ParseInt", text, "invalid syntax", "");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooBig) {
      throw unreadable("strconv.ParseInt", text, "value out of range", "");
    }
  }

  private static long revision(ApiRequest request) {
    var text = request.parameter("resourceVersion");
    if (text.isEmpty()) {
      return 0;
    }
    var field = "resourceVersion: Invalid value: \"" + text + "\": ";
    if (!text.matches("[0-9]+")) {
      throw unreadable("strconv.ParseUint", text, "invalid syntax", field);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooBig) {
      throw unreadable("strconv.ParseUint", text, "value out of range", field);
    }
  }

  private static ApiException unreadable(String parser, String text, String why, String field) {
    return ApiException.badRequest(field + parser + ": parsing \"" + text + "\": " + why);
  }
}
