package io.jkube.apiserver.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of any sequence of applies and updates. Seeded: a failure comes again. */
final class ApplyPropertiesTest {
  private static final long SEED = 20_26_11;
  private static final int OBJECTS = 80;
  private static final int WRITES = 12;
  private static final List<String> MANAGERS = List.of("ann", "bob", "cyd");

  private final Random random = new Random(SEED);
  private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private final FieldOwnership ownership =
      new FieldOwnership(Shapes.SCHEMAS, Shapes.CATALOG, clock);
  private final ServerSideApply apply =
      new ServerSideApply(Shapes.SCHEMAS, Shapes.CATALOG, ownership, clock);

  @Test
  void mergingAnythingWithItselfChangesNothing() {
    for (int i = 0; i < 2_000; i++) {
      var object = randomService();
      var kind = Shapes.service();
      assertEquals(object, new Merge(Shapes.STRUCTURE).merge(kind, object, object));
      assertTrue(Comparer.compare(Shapes.STRUCTURE, kind, object, object.deepCopy()).isSame());
    }
  }

  @Test
  void anyHistoryOfWritesKeepsItsPromises() {
    for (int object = 0; object < OBJECTS; object++) {
      var state = created();
      for (int write = 0; write < WRITES; write++) {
        state = random.nextInt(3) == 0 ? updated(state) : applied(state);
        managersManageWhatIsThere(state);
        everyLeafHasAManager(state);
      }
    }
  }

  private ObjectNode created() {
    var object = randomService();
    ((ObjectNode) object.get("metadata")).put("uid", "u");
    ownership.create(Shapes.writer(manager()), object, null);
    return object;
  }

  private String manager() {
    return MANAGERS.get(random.nextInt(MANAGERS.size()));
  }

  private ObjectNode updated(ObjectNode state) {
    var before = state.toString();
    var next = randomService();
    var metadata = (ObjectNode) next.get("metadata");
    metadata.put("uid", "u");
    ownership.update(Shapes.writer(manager()), state, next, null);
    assertEquals(before, state.toString(), "the live object was written to");
    return next;
  }

  private ObjectNode applied(ObjectNode state) {
    var writer = Shapes.writer(manager());
    var configuration = randomService();
    var wanted = configuration.deepCopy();
    boolean force = random.nextBoolean();
    ObjectNode next;
    var before = state.toString();
    try {
      next = apply.apply(writer, state, new Configuration(configuration, force));
    } catch (ApiException conflict) {
      assertEquals(409, conflict.code());
      assertTrue(!force, "a forced apply has no conflicts");
      return state;
    }
    assertEquals(before, state.toString(), "the live object was written to");
    assertEquals(wanted, configuration, "the configuration was written to");
    everyWantedLeafIsThere(configuration, next);
    if (!force) {
      othersKeepTheirs(writer, state, next);
    }
    var again = apply.apply(writer, next, new Configuration(configuration, false));
    assertEquals(next, again, "applied once more");
    return next;
  }

  private void everyWantedLeafIsThere(ObjectNode configuration, ObjectNode object) {
    leaves(configuration)
        .forEach(
            path ->
                assertEquals(
                    Paths.at(configuration, path), Paths.at(object, path), path::toString));
  }

  /** Unless they are in an element that was the applier's alone, and that it took away. */
  private void othersKeepTheirs(Writer writer, ObjectNode before, ObjectNode after) {
    var others = ManagedFields.of(before).without(writer.applier()).all();
    var mine = ManagedFields.of(before).get(writer.applier());
    others
        .intersection(leaves(before))
        .forEach(
            path -> {
              var gone = firstMissing(after, path);
              if (gone.isEmpty()) {
                assertEquals(Paths.at(before, path), Paths.at(after, path), path::toString);
              } else {
                assertTrue(gone.getLast().startsWith("k:"), path::toString);
                assertTrue(mine.fields().has(gone), path::toString);
                assertTrue(!others.has(gone), path::toString);
              }
            });
  }

  private static List<String> firstMissing(ObjectNode object, List<String> path) {
    for (int length = 1; length <= path.size(); length++) {
      if (!Paths.has(object, path.subList(0, length))) {
        return path.subList(0, length);
      }
    }
    return List.of();
  }

  /** But for lists and maps out of which the last element went. */
  private void managersManageWhatIsThere(ObjectNode object) {
    ManagedFields.of(object)
        .all()
        .forEach(
            path ->
                assertTrue(
                    Paths.has(object, path) || Paths.isContainer(path),
                    () -> path + " of " + object));
  }

  private void everyLeafHasAManager(ObjectNode object) {
    var unmanaged = leaves(object).difference(ManagedFields.of(object).all());
    assertTrue(unmanaged.isEmpty(), () -> unmanaged + " of " + object);
  }

  private static FieldSet leaves(ObjectNode object) {
    var leaves = new ArrayList<List<String>>();
    FieldCollector.fieldsOf(Shapes.STRUCTURE, Shapes.service(), object)
        .difference(Ownerless.FIELDS)
        .forEach(
            path -> {
              if (Paths.at(object, path) instanceof JsonNode value && value.isValueNode()) {
                leaves.add(path);
              }
            });
    return FieldSet.of(leaves);
  }

  private ObjectNode randomService() {
    var service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    var metadata = service.putObject("metadata").put("name", "s");
    some(3).forEach(name -> metadata.withObject("/labels").put(name, word()));
    some(3).forEach(name -> metadata.withArray("/finalizers").add("x/" + name));
    if (random.nextInt(4) > 0) {
      spec(service.putObject("spec").put("type", word()));
    }
    return service;
  }

  private void spec(ObjectNode spec) {
    if (random.nextBoolean()) {
      spec.put("sessionAffinity", word());
    }
    some(2).forEach(name -> spec.withObject("/selector").put(name, word()));
    if (random.nextBoolean()) {
      spec.putObject("sessionAffinityConfig").putObject("clientIP").put("timeoutSeconds", 1);
    }
    for (var name : some(3)) {
      var port = spec.withArray("/ports").addObject().put("port", (int) name.charAt(0));
      if (random.nextBoolean()) {
        port.put("protocol", random.nextBoolean() ? "TCP" : "UDP");
      }
      if (random.nextBoolean()) {
        port.put("nodePort", random.nextInt(3));
      }
    }
  }

  private List<String> some(int max) {
    var names = new ArrayList<String>();
    for (int i = 0; i < max; i++) {
      if (random.nextBoolean()) {
        names.add(Character.toString('a' + i));
      }
    }
    return names;
  }

  private String word() {
    return random.nextBoolean() ? "one" : "two";
  }
}
