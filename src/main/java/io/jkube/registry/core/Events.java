package io.jkube.registry.core;

import static io.jkube.registry.TableColumn.wide;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Events: what components did or saw, about another object. Kept for an hour. */
public final class Events {
  /** Upstream's {@code --event-ttl}. */
  public static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  /** Where events about objects without a namespace may live. */
  private static final Set<String> HOMES = Set.of("default", "kube-system", "");

  private Events() {}

  public static ResourceDefinition definition(InstantSource clock) {
    var definition = ResourceDefinition.namespaced("", "v1", "Event", "events");
    return columns(definition, clock, event -> event).strategy(new EventStrategy()).build();
  }

  /** The same objects in the group that has them to itself. */
  public static ResourceDefinition newer(InstantSource clock) {
    var definition = ResourceDefinition.namespaced("events.k8s.io", "v1", "Event", "events");
    var conversion = new NewerEventConversion();
    return columns(definition, clock, conversion::toStored)
        .storedBy(conversion)
        .strategy(new NewerEventStrategy())
        .build();
  }

  /**
   * @param core an event in the form of the core group
   */
  private static ResourceDefinition.Builder columns(
      ResourceDefinition.Builder definition, InstantSource clock, UnaryOperator<ObjectNode> core) {
    return definition
        .shortNames("ev")
        .firstColumn("Last Seen", event -> lastSeen(core.apply(event), clock.instant()))
        .column("Type", event -> text(event, "/type"))
        .column("Reason", event -> text(event, "/reason"))
        .column("Object", event -> about(core.apply(event)))
        .column(wide("Subobject", event -> text(core.apply(event), "/involvedObject/fieldPath")))
        .column(wide("Source", event -> source(core.apply(event))))
        .column("Message", event -> text(core.apply(event), "/message").strip())
        .column(wide("First Seen", event -> firstSeen(core.apply(event), clock.instant())))
        .column(wide("Count", event -> count(core.apply(event))))
        .column(new TableColumn("Name", "string", "name", "", 1, TableColumn.NAME.value()));
  }

  private static String lastSeen(ObjectNode event, Instant now) {
    var series = text(event, "/series/lastObservedTime");
    if (!series.isEmpty()) {
      return Timestamps.age(series, now);
    }
    var last = text(event, "/lastTimestamp");
    return last.isEmpty() ? firstSeen(event, now) : Timestamps.age(last, now);
  }

  private static String firstSeen(ObjectNode event, Instant now) {
    var first = text(event, "/firstTimestamp");
    return Timestamps.age(first.isEmpty() ? text(event, "/eventTime") : first, now);
  }

  private static Object count(ObjectNode event) {
    if (event.has("series")) {
      return event.at("/series/count").asInt();
    }
    int count = event.path("count").asInt();
    return count == 0 ? 1 : count;
  }

  private static String about(ObjectNode event) {
    var kind = text(event, "/involvedObject/kind").toLowerCase(java.util.Locale.ROOT);
    var name = text(event, "/involvedObject/name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String source(ObjectNode event) {
    var component = text(event, "/source/component");
    if (component.isEmpty()) {
      component = text(event, "/reportingComponent");
    }
    var host = text(event, "/source/host");
    if (host.isEmpty()) {
      host = text(event, "/reportingInstance");
    }
    return host.isEmpty() ? component : component + ", " + host;
  }

  /** An event lives where what it is about lives; of what has no namespace, in default. */
  static void validateHome(ObjectNode event, Violations violations) {
    var namespace = text(event, "/metadata/namespace");
    var about = text(event, "/involvedObject/namespace");
    boolean matches = about.isEmpty() ? HOMES.contains(namespace) : about.equals(namespace);
    if (!matches) {
      violations.invalid("involvedObject.namespace", about, "does not match event.namespace");
    }
  }

  private static final class EventStrategy implements Strategy {
    @Override
    public void validate(ObjectNode event, Violations violations) {
      validateHome(event, violations);
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode event) {
      var fields = new LinkedHashMap<String, String>();
      for (var name :
          new String[] {
            "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"
          }) {
        fields.put("involvedObject." + name, text(event, "/involvedObject/" + name));
      }
      fields.put("reason", text(event, "/reason"));
      var component = text(event, "/reportingComponent");
      fields.put("reportingComponent", component);
      var source = text(event, "/source/component");
      fields.put("source", source.isEmpty() ? component : source);
      fields.put("type", text(event, "/type"));
      return fields;
    }

    @Override
    public Set<String> selectableFieldNames() {
      return Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type");
    }

    @Override
    public Duration timeToLive(ObjectNode event) {
      return TIME_TO_LIVE;
    }

    @Override
    public boolean allowCreateOnUpdate() {
      return true;
    }
  }
}
