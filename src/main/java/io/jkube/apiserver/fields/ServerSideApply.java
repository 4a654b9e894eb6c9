package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.Tree;
import io.jkube.registry.schema.SchemaSource;
import java.time.InstantSource;

/**
 * Brings an object to what an applier wants: sets its fields, takes away what it wanted last time
 * and nobody wants any more, and refuses to change what others manage unless told to. Thread-safe.
 */
public final class ServerSideApply {
  /** Who manages what was there before anyone's fields were recorded. */
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  private final Structure structure;
  private final Versions versions;
  private final FieldOwnership ownership;
  private final InstantSource clock;

  public ServerSideApply(
      SchemaSource schemas,
      ResourceCatalog catalog,
      FieldOwnership ownership,
      InstantSource clock) {
    this.structure = new Structure(schemas);
    this.versions = new Versions(catalog);
    this.ownership = ownership;
    this.clock = clock;
  }

  /**
   * @param live shared: not to be changed; an object without a uid where there is none yet
   * @return the next state with its {@code managedFields}, a tree of the caller's own
   * @throws ApiException Conflict with the fields of others; BadRequest; Unknown (500, as upstream)
   *     for a configuration, or a live object, that does not fit the schema
   */
  public ObjectNode apply(Writer writer, ObjectNode live, Configuration configuration) {
    check(writer, configuration.object());
    try {
      return applied(writer, live, configuration);
    } catch (Structure.Keyless element) {
      throw misfit("live", writer, live, element.getMessage());
    }
  }

  private ObjectNode applied(Writer writer, ObjectNode live, Configuration configuration) {
    var kind = structure.schemas().schema(writer.definition().kind()).orElse(null);
    var managed = managedSoFar(writer, live);
    var application =
        new Application(structure, versions, writer, live, configuration.object(), managed);
    var outcome = application.run(configuration.force());
    if (!outcome.conflicts().isEmpty()) {
      var others = LastApplied.notExplained(structure, kind, writer, live, outcome.conflicts());
      if (!others.isEmpty()) {
        throw Conflict.refusal(others);
      }
      outcome = application.run(true);
    }
    return finished(writer, live, configuration, outcome);
  }

  private ManagedFields managedSoFar(Writer writer, ObjectNode live) {
    var managed = ManagedFields.of(live);
    boolean exists = live.path("metadata").has("uid");
    if (!managed.isEmpty() || !exists) {
      return managed;
    }
    var copy = live.deepCopy();
    ownership.create(writer.named(BEFORE_FIRST_APPLY), copy, null);
    return ManagedFields.of(copy);
  }

  private ObjectNode finished(
      Writer writer, ObjectNode live, Configuration configuration, Application.Outcome outcome) {
    var object = WithoutNulls.copy(outcome.object());
    var managed = outcome.managed();
    var own = managed.get(writer.applier());
    if (own != null && !Same.same(live, object)) {
      managed = managed.with(own.at(Timestamps.seconds(clock.instant())));
    }
    managed.writeTo(Tree.child(object, "metadata"));
    LastApplied.renew(writer, object, configuration.object());
    return object;
  }

  private void check(Writer writer, ObjectNode configuration) {
    var expected = writer.definition().kind();
    var apiVersion = configuration.path("apiVersion").asText();
    if (!apiVersion.equals(expected.apiVersion())) {
      throw ApiException.badRequest(
          "Incorrect version specified in apply patch. Specified patch version: "
              + apiVersion
              + ", expected: "
              + expected.apiVersion());
    }
    if (configuration.path("metadata").hasNonNull("managedFields")) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
    var kind = structure.schemas().schema(expected).orElse(null);
    var wrong = TypedConfiguration.check(structure, kind, configuration);
    if (!wrong.isEmpty()) {
      throw misfit("patch", writer, configuration, wrong);
    }
  }

  private static ApiException misfit(String which, Writer writer, ObjectNode object, String why) {
    var kind = writer.definition().kind();
    var metadata = object.path("metadata");
    return new ApiException(
        StatusReason.UNKNOWN,
        "failed to create typed %s object (%s/%s; %s, Kind=%s): %s"
            .formatted(
                which,
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                kind.group().isEmpty() ? "/" + kind.version() : kind.apiVersion(),
                kind.kind(),
                why));
  }
}
