package io.jkube.registry.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.Conversion;
import java.util.LinkedHashMap;
import java.util.Map;

/** Between events.k8s.io/v1 and the core group's form, in which events are stored. */
final class NewerEventConversion implements Conversion {
  /** Fields of the newer form, and their names in the core group. */
  static final Map<String, String> CORE_NAMES = coreNames();

  private static final Map<String, String> NEWER_NAMES = inverted();

  private static Map<String, String> coreNames() {
    var names = new LinkedHashMap<String, String>();
    names.put("regarding", "involvedObject");
    names.put("note", "message");
    names.put("deprecatedSource", "source");
    names.put("deprecatedFirstTimestamp", "firstTimestamp");
    names.put("deprecatedLastTimestamp", "lastTimestamp");
    names.put("deprecatedCount", "count");
    names.put("reportingController", "reportingComponent");
    return Map.copyOf(names);
  }

  private static Map<String, String> inverted() {
    var names = new LinkedHashMap<String, String>();
    CORE_NAMES.forEach((newer, core) -> names.put(core, newer));
    return Map.copyOf(names);
  }

  @Override
  public ObjectNode toStored(ObjectNode served) {
    return renamed(served, CORE_NAMES, "v1");
  }

  @Override
  public ObjectNode toServed(ObjectNode stored) {
    return renamed(stored, NEWER_NAMES, "events.k8s.io/v1");
  }

  private static ObjectNode renamed(ObjectNode event, Map<String, String> names, String version) {
    var renamed = Json.object();
    for (var field : event.properties()) {
      renamed.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue().deepCopy());
    }
    return renamed.put("apiVersion", version);
  }
}
