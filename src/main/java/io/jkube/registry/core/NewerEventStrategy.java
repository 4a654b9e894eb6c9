package io.jkube.registry.core;

import static io.jkube.registry.Tree.has;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hooks of events.k8s.io/v1, which asks more of an event than the core group does. */
final class NewerEventStrategy implements Strategy {
  private static final int MAX_WORD_CHARACTERS = 128;
  private static final int MAX_NOTE_CHARACTERS = 1024;
  private static final List<String> OF_THE_OLD =
      List.of("firstTimestamp", "lastTimestamp", "count", "source");
  private static final List<String> IMMUTABLE =
      List.of(
          "involvedObject",
          "reason",
          "message",
          "type",
          "eventTime",
          "action",
          "related",
          "reportingComponent",
          "reportingInstance");
  private static final List<String> REGARDING =
      List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath");

  private final NewerEventConversion conversion = new NewerEventConversion();

  @Override
  public void validate(ObjectNode event, Violations violations) {
    var core = conversion.toStored(event);
    Events.validateHome(core, violations);
    if (text(core, "/eventTime").isEmpty()) {
      violations.required("eventTime", "");
    }
    var type = text(core, "/type");
    if (!List.of("Normal", "Warning").contains(type)) {
      violations.invalid("type", "", "has invalid value: " + type);
    }
    for (var field : OF_THE_OLD) {
      if (has(core, "/" + field) && !text(core, "/" + field).equals("0")) {
        violations.invalid(field, "", "needs to be unset");
      }
    }
    var controller = text(core, "/reportingComponent");
    LabelSyntax.keyViolations(controller)
        .forEach(why -> violations.invalid("reportingController", controller, why));
    for (var word : List.of("reportingInstance", "action", "reason")) {
      word(text(core, "/" + word), word, violations);
    }
    if (text(core, "/message").length() > MAX_NOTE_CHARACTERS) {
      violations.invalid("message", "", "can have at most 1024 characters");
    }
  }

  private static void word(String value, String field, Violations violations) {
    if (value.isEmpty()) {
      violations.required(field, "");
    } else if (value.length() > MAX_WORD_CHARACTERS) {
      violations.invalid(field, "", "can have at most 128 characters");
    }
  }

  @Override
  public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    var after = conversion.toStored(updated);
    var before = conversion.toStored(current);
    var rules = new Rules(violations);
    IMMUTABLE.forEach(field -> rules.immutable(after, before, field, ""));
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode event) {
    var fields = new LinkedHashMap<String, String>();
    REGARDING.forEach(name -> fields.put("regarding." + name, text(event, "/regarding/" + name)));
    for (var name : List.of("reason", "reportingController", "type")) {
      fields.put(name, text(event, "/" + name));
    }
    return fields;
  }

  @Override
  public Set<String> selectableFieldNames() {
    return selectableFields(io.jkube.api.Json.object()).keySet();
  }

  @Override
  public Duration timeToLive(ObjectNode event) {
    return Events.TIME_TO_LIVE;
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }
}
