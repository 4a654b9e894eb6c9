package io.jkube.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceType;
import io.jkube.cli.resource.Target;
import io.jkube.client.ApiCall;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Kinds, and names of objects, as the cluster has them now. */
final class ServedObjects {
  /** More than anybody reads through at a prompt. */
  private static final int MAX_NAMES = 1000;

  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final CommandContext context;
  private final Discovery discovery;
  private final ResourceApi api;
  private final String namespace;

  /**
   * @param namespace as typed; empty for the current one
   */
  ServedObjects(CommandContext context, String namespace) {
    this.context = context;
    this.discovery = new Discovery(context.transport());
    this.api = new ResourceApi(context.transport());
    this.namespace = namespace;
  }

  /** Names of objects of a type that the user calls so. */
  Answer names(String type) {
    return Answer.words(names(discovery.find(type)));
  }

  /** {@code TYPE[,TYPE] NAME...}, or {@code TYPE/NAME...}. */
  Answer objects(List<String> before, String typed) {
    if (typed.contains("/")) {
      return pairs(typed);
    }
    if (before.isEmpty()) {
      int comma = typed.lastIndexOf(',') + 1;
      return Answer.of(kinds("")).behind(typed.substring(0, comma));
    }
    return before.getFirst().contains("/")
        ? Answer.of(kinds("/"))
        : Answer.words(
            Stream.of(before.getFirst().split(","))
                .flatMap(type -> names(discovery.find(type)))
                .filter(name -> !before.contains(name)));
  }

  /** {@code POD [CONTAINER]}; {@code TYPE/NAME} where that fits as well. */
  Answer pods(List<String> before, String typed, boolean orPairs) {
    if (!before.isEmpty()) {
      return containers(before);
    }
    return orPairs && typed.contains("/") ? pairs(typed) : names("pods");
  }

  /** Containers of the pod named first. */
  Answer containers(List<String> before) {
    if (before.isEmpty()) {
      return Answer.NOTHING;
    }
    var named = before.getFirst();
    var pod = new Target(discovery.find("pods"), named.substring(named.indexOf('/') + 1));
    var spec = api.get(pod, namespace()).path("spec");
    return Answer.words(
        Stream.of("containers", "initContainers", "ephemeralContainers")
            .flatMap(field -> spec.path(field).valueStream())
            .map(container -> container.path("name").asText()));
  }

  private Answer pairs(String typed) {
    var prefix = typed.substring(0, typed.indexOf('/') + 1);
    return names(prefix.substring(0, prefix.length() - 1)).behind(prefix);
  }

  /** A kind of a name taken already by another group is told by its group. */
  private Stream<Suggestion> kinds(String suffix) {
    Set<String> taken = new HashSet<>();
    return discovery.types().stream()
        .filter(type -> type.verbs().contains("list") && !type.resource().resource().contains("/"))
        .filter(type -> taken.add(type.resource().groupResource()))
        .map(type -> taken.add("first " + type.resource().resource()) ? plain(type) : full(type))
        .map(kind -> new Suggestion(kind.value() + suffix, kind.description()));
  }

  private static Suggestion plain(ResourceType type) {
    return new Suggestion(type.resource().resource(), type.kind());
  }

  private static Suggestion full(ResourceType type) {
    return new Suggestion(type.resource().groupResource(), type.kind());
  }

  private Stream<String> names(ResourceType type) {
    var query = Map.of("limit", Integer.toString(MAX_NAMES));
    var place = type.namespaced() ? namespace() : "";
    var list = api.get(new Target(type, ""), place, query, METADATA_ONLY + "," + ApiCall.JSON);
    return list.path("items").valueStream().map(ServedObjects::name);
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  private String namespace() {
    return namespace.isEmpty() ? new NamespaceFlag().in(context) : namespace;
  }
}
