package io.jkube.apiserver.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import java.util.Iterator;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of merges whatever is merged: random trees, the same ones in every run. */
final class MergePropertiesTest {
  private static final int ROUNDS = 2000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random = new Random(7386);
  private final StrategicMerge strategic =
      new StrategicMerge(
          new SchemaEngine(new BuiltinDefinitions()), new GroupVersionKind("", "v1", "Pod"));

  private JsonNode tree(int depth, boolean nulls) {
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> NODES.numberNode(random.nextInt(3));
      case 1 -> NODES.textNode("t" + random.nextInt(3));
      case 2 -> NODES.booleanNode(random.nextBoolean());
      case 3 -> nulls ? NODES.nullNode() : NODES.textNode("");
      case 4 -> object(depth, nulls);
      default -> Json.array().add(tree(depth + 1, false)).add(tree(depth + 1, false));
    };
  }

  private ObjectNode object(int depth, boolean nulls) {
    var object = Json.object();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set("k" + random.nextInt(5), tree(depth + 1, nulls));
    }
    return object;
  }

  @Test
  void aMergeWithItselfChangesNothing() {
    for (int i = 0; i < ROUNDS; i++) {
      var object = object(0, false);
      assertEquals(object, MergePatch.apply(object, object));
      var pod = pod();
      assertEquals(pod, strategic.apply(pod, pod));
    }
  }

  @Test
  void aMergeTwiceIsAMergeOnce() {
    for (int i = 0; i < ROUNDS; i++) {
      var patch = object(0, true);
      var once = MergePatch.apply(object(0, false), patch);
      assertEquals(once, MergePatch.apply(once, patch));
      var change = pod();
      var merged = strategic.apply(pod(), change);
      assertEquals(merged, strategic.apply(merged, change));
    }
  }

  @Test
  void aMergePatchIsThatOfTheRfc() {
    for (int i = 0; i < ROUNDS; i++) {
      var target = tree(0, false);
      var patch = tree(0, true);
      assertEquals(rfc7386(target.deepCopy(), patch), MergePatch.apply(target, patch));
    }
  }

  /** The procedure of section 2, word by word. */
  private static JsonNode rfc7386(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    var result = target instanceof ObjectNode object ? object : Json.object();
    for (Iterator<String> names = patch.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (patch.get(name).isNull()) {
        result.remove(name);
      } else {
        var before = result.has(name) ? result.get(name) : NODES.missingNode();
        result.set(name, rfc7386(before, patch.get(name)));
      }
    }
    return result;
  }

  private ObjectNode pod() {
    var pod = Json.object();
    var labels = pod.putObject("metadata").putObject("labels");
    labels.put("l" + random.nextInt(4), "v" + random.nextInt(3));
    var containers = pod.putObject("spec").putArray("containers");
    int first = random.nextInt(3);
    for (int i = first; i < first + random.nextInt(1, 3); i++) {
      var container = containers.addObject().put("name", "c" + i);
      if (random.nextBoolean()) {
        container.put("image", "i" + random.nextInt(3));
      }
      var variables = container.putArray("env");
      variables.addObject().put("name", "E" + random.nextInt(3)).put("value", "x");
      var ports = container.putArray("ports").addObject();
      ports.put("containerPort", 80 + random.nextInt(3)).put("protocol", "TCP");
    }
    return pod;
  }

  /** A patch says nothing of what others wrote, so that must stay: in lists by key as well. */
  @Test
  void noForeignFieldIsLost() {
    for (int i = 0; i < ROUNDS; i++) {
      var current = pod();
      var merged = strategic.apply(current, pod());
      for (var label : current.at("/metadata/labels").properties()) {
        assertTrue(merged.at("/metadata/labels").has(label.getKey()), merged::toString);
      }
      for (var container : current.at("/spec/containers")) {
        var after = named(merged.at("/spec/containers"), container.get("name"));
        for (var variable : container.path("env")) {
          named(after.path("env"), variable.get("name"));
        }
        if (container.has("image")) {
          assertTrue(after.has("image"), merged::toString);
        }
      }
    }
  }

  private static JsonNode named(JsonNode list, JsonNode name) {
    for (var element : list) {
      if (element.get("name").equals(name)) {
        return element;
      }
    }
    throw new AssertionError(name + " is lost: " + list);
  }
}
