package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Comparator;
import java.util.Objects;

/**
 * One element of {@code metadata.managedFields}.
 *
 * @param time RFC 3339, whole seconds, UTC; empty where the manager changed nothing when it came
 */
record ManagedEntry(Manager manager, String apiVersion, String time, FieldSet fields) {
  /** Appliers first, then by time. */
  static final Comparator<ManagedEntry> ORDER =
      Comparator.comparing((ManagedEntry entry) -> entry.manager.operation())
          .thenComparing(ManagedEntry::time)
          .thenComparing(entry -> entry.manager.name())
          .thenComparing(ManagedEntry::apiVersion)
          .thenComparing(entry -> entry.manager.subresource());

  private static final String FIELDS_V1 = "FieldsV1";

  ManagedEntry {
    Objects.requireNonNull(manager, "manager");
    Objects.requireNonNull(apiVersion, "apiVersion");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(fields, "fields");
  }

  ManagedEntry with(FieldSet other) {
    return other == fields ? this : new ManagedEntry(manager, apiVersion, time, other);
  }

  ManagedEntry at(String when) {
    return new ManagedEntry(manager, apiVersion, when, fields);
  }

  /**
   * @param trusted whether this server wrote it
   * @throws IllegalArgumentException when it is malformed
   */
  static ManagedEntry parse(JsonNode entry, boolean trusted) {
    var apiVersion = entry.path("apiVersion").asText();
    var type = entry.path("fieldsType").asText();
    if (apiVersion.isEmpty()) {
      throw new IllegalArgumentException("apiVersion must not be empty");
    }
    if (!type.equals(FIELDS_V1)) {
      throw new IllegalArgumentException("invalid fieldsType \"" + type + "\"");
    }
    var name = entry.path("manager").asText();
    var subresource = entry.path("subresource").asText();
    var manager =
        switch (entry.path("operation").asText()) {
          case "Apply" -> Manager.applier(name, subresource);
          case "Update" -> Manager.updater(name, subresource, apiVersion);
          case String other ->
              throw new IllegalArgumentException("operation must be `Apply` or `Update`");
        };
    return new ManagedEntry(
        manager, apiVersion, entry.path("time").asText(), fields(entry, trusted));
  }

  private static FieldSet fields(JsonNode entry, boolean trusted) {
    if (!(entry.get("fieldsV1") instanceof ObjectNode fields)) {
      return FieldSet.EMPTY;
    }
    return trusted ? FieldSet.trusted(fields) : FieldSet.parse(fields);
  }

  ObjectNode tree() {
    var entry = Json.object();
    if (!manager.name().isEmpty()) {
      entry.put("manager", manager.name());
    }
    entry.put("operation", manager.operation().text()).put("apiVersion", apiVersion);
    if (!time.isEmpty()) {
      entry.put("time", time);
    }
    entry.put("fieldsType", FIELDS_V1).set("fieldsV1", fields.tree());
    if (!manager.subresource().isEmpty()) {
      entry.put("subresource", manager.subresource());
    }
    return entry;
  }
}
