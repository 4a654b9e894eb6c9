package io.jkube.registry.openapi;

import io.jkube.api.GroupVersionKind;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;
import java.util.List;

/** Writes the paths of a resource: of the collection, of one object, of its subresources. */
final class ResourcePaths {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String PATCH = META + "Patch";
  private static final String DELETE_OPTIONS = META + "DeleteOptions";
  private static final String STATUS = META + "Status";
  private static final List<String> STREAMED = List.of("get", "post");
  private static final List<String> PROXIED =
      List.of("delete", "get", "head", "options", "patch", "post", "put");

  private final ResourceDefinition resource;
  private final OperationWriter writer;
  private final SchemaWriter definitions;
  private final String own;
  private final String list;
  private final String scope;
  private final String group;

  ResourcePaths(ResourceDefinition resource, OperationWriter writer, SchemaWriter definitions) {
    this.resource = resource;
    this.writer = writer;
    this.definitions = definitions;
    var kind = resource.kind();
    this.own = name(kind);
    this.list =
        resource.verbs().contains(Verb.LIST)
            ? name(new GroupVersionKind(kind.group(), kind.version(), resource.listKind()))
            : ""; // a review has no list
    this.scope = resource.namespaced() ? "Namespaced" : "";
    this.group = groupWord(kind);
  }

  void write() {
    var collection = resource.resource().path(resource.namespaced() ? "{namespace}" : "");
    writeCollection(collection);
    writeObject(collection + "/{name}");
    for (var subresource : resource.subresources().stream().sorted().toList()) {
      writeSubresource(collection + "/{name}/" + subresource, subresource);
    }
  }

  private void writeCollection(String path) {
    if (resource.verbs().contains(Verb.LIST)) {
      call(path, "get", "list", "list", scope, QueryParameters.LIST, "", list);
      if (resource.namespaced()) {
        writer.write(
            resource.resource().path(""),
            new Operation(
                "get",
                "list",
                "list" + group + resource.kind().kind() + "ForAllNamespaces",
                "Lists or watches every " + resource.kind().kind(),
                resource.kind(),
                QueryParameters.LIST,
                "",
                list));
      }
    }
    if (resource.verbs().contains(Verb.CREATE)) {
      call(path, "post", "post", "create", scope, QueryParameters.WRITE, own, own);
    }
    if (resource.verbs().contains(Verb.DELETECOLLECTION)) {
      var query = QueryParameters.DELETE_MANY;
      var many = "Collection" + scope;
      call(path, "delete", "deletecollection", "delete", many, query, DELETE_OPTIONS, STATUS);
    }
  }

  private void writeObject(String path) {
    if (resource.verbs().contains(Verb.GET)) {
      call(path, "get", "get", "read", scope, QueryParameters.NONE, "", own);
    }
    if (resource.verbs().contains(Verb.UPDATE)) {
      call(path, "put", "put", "replace", scope, QueryParameters.WRITE, own, own);
    }
    if (resource.verbs().contains(Verb.PATCH)) {
      call(path, "patch", "patch", "patch", scope, QueryParameters.PATCH, PATCH, own);
    }
    if (resource.verbs().contains(Verb.DELETE)) {
      var query = QueryParameters.DELETE;
      var answer = resource.answersDeleted() ? own : STATUS;
      call(path, "delete", "delete", "delete", scope, query, DELETE_OPTIONS, answer);
    }
  }

  private void writeSubresource(String path, String subresource) {
    switch (subresource) {
      case "status", "ephemeralcontainers", "resize", "approval" ->
          readAndWrite(path, subresource, resource.kind());
      case "scale" -> readAndWrite(path, "scale", kind("autoscaling", "Scale"));
      case "binding" -> create(path, subresource, kind("", "Binding"));
      case "eviction" -> create(path, subresource, kind("policy", "Eviction"));
      case "token" -> create(path, subresource, kind("authentication.k8s.io", "TokenRequest"));
      case "finalize" -> sub(path, "put", "put", "replace", subresource, resource.kind());
      case "log" -> log(path);
      case "exec" -> connect(path, subresource, "PodExecOptions", QueryParameters.EXEC);
      case "attach" -> connect(path, subresource, "PodAttachOptions", QueryParameters.ATTACH);
      case "portforward" ->
          connect(path, subresource, "PodPortForwardOptions", QueryParameters.PORTS);
      case "proxy" -> {
        var options = resource.kind().kind() + "ProxyOptions";
        connect(path, subresource, options, QueryParameters.PATH);
        connect(path + "/{path}", subresource, options, QueryParameters.PATH);
      }
      default -> throw new IllegalStateException("unknown subresource " + subresource);
    }
  }

  private void readAndWrite(String path, String subresource, GroupVersionKind kind) {
    sub(path, "get", "get", "read", subresource, kind);
    sub(path, "put", "put", "replace", subresource, kind);
    sub(path, "patch", "patch", "patch", subresource, kind);
  }

  private void create(String path, String subresource, GroupVersionKind kind) {
    sub(path, "post", "post", "create", subresource, kind);
  }

  private void sub(
      String path,
      String method,
      String action,
      String verb,
      String subresource,
      GroupVersionKind kind) {
    var query =
        switch (method) {
          case "get" -> QueryParameters.NONE;
          case "patch" -> QueryParameters.PATCH;
          default -> QueryParameters.WRITE;
        };
    var body = method.equals("get") ? "" : method.equals("patch") ? PATCH : name(kind);
    writer.write(
        path,
        new Operation(
            method,
            action,
            id(verb, scope) + capitalized(subresource),
            described(verb) + ", its " + subresource,
            kind,
            query,
            body,
            name(kind)));
  }

  private void log(String path) {
    writer.write(
        path,
        new Operation(
            "get",
            "get",
            id("read", scope) + "Log",
            "Reads the log of a container of a " + resource.kind().kind(),
            resource.kind(),
            QueryParameters.LOG,
            "",
            ""));
  }

  /** A connection by every method there is; streams know two. */
  private void connect(String path, String subresource, String options, QueryParameters query) {
    var suffix = capitalized(subresource) + (path.endsWith("{path}") ? "WithPath" : "");
    for (var method : subresource.equals("proxy") ? PROXIED : STREAMED) {
      writer.write(
          path,
          new Operation(
              method,
              "connect",
              "connect" + group + capitalized(method) + scope + resource.kind().kind() + suffix,
              "Connects to the " + subresource + " of a " + resource.kind().kind(),
              kind("", options),
              query,
              "",
              ""));
    }
  }

  private void call(
      String path,
      String method,
      String action,
      String verb,
      String what,
      QueryParameters query,
      String body,
      String answer) {
    writer.write(
        path,
        new Operation(
            method, action, id(verb, what), described(verb), resource.kind(), query, body, answer));
  }

  private String described(String verb) {
    return capitalized(verb) + " " + resource.kind().kind();
  }

  private String id(String verb, String what) {
    return verb + group + what + resource.kind().kind();
  }

  private static GroupVersionKind kind(String group, String kind) {
    return new GroupVersionKind(group, "v1", kind);
  }

  private String name(GroupVersionKind kind) {
    return definitions.name(kind);
  }

  /** {@code CoreV1}, {@code AppsV1}, {@code RbacAuthorizationV1}. */
  static String groupWord(GroupVersionKind kind) {
    var word = new StringBuilder();
    var group = kind.group().isEmpty() ? "core" : kind.group().replace(".k8s.io", "");
    for (var part : group.split("\\.")) {
      word.append(capitalized(part));
    }
    return word.append(capitalized(kind.version())).toString();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
  }
}
