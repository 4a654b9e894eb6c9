package io.jkube.registry.cel.function;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.jkube.api.FieldSelector;
import io.jkube.registry.NameRule;
import io.jkube.registry.cel.function.Authority.Resource;
import java.util.HashMap;
import java.util.Map;

/** {@code authorizer.group(..).resource(..).check(..)} and what else can be asked of rights. */
public final class AuthorizerFunctions {
  private static final String TYPE = "kubernetes.authorization.";
  private static final String AUTHORIZER = TYPE + "Authorizer";
  private static final String RESOURCE_CHECK = TYPE + "ResourceCheck";

  private AuthorizerFunctions() {}

  private record PathCheck(Authority authority, String path) {}

  private record GroupCheck(Authority authority, String group) {}

  private record ResourceCheck(Authority authority, Resource resource) {}

  /** The type of {@code authorizer}, whose value is an {@link Authority}. */
  public static CelType type() {
    return dev.cel.common.types.OpaqueType.create(AUTHORIZER);
  }

  /** The type of {@code authorizer.requestResource}. */
  public static CelType resourceType() {
    return dev.cel.common.types.OpaqueType.create(RESOURCE_CHECK);
  }

  /** A value of {@link #resourceType}. */
  public static Object resource(Authority authority, Resource resource) {
    return new ResourceCheck(authority, resource);
  }

  static void addTo(FunctionTable table) {
    var authorizer = table.type(AUTHORIZER, Authority.class);
    var resource = table.type(RESOURCE_CHECK, ResourceCheck.class);
    var path = table.type(TYPE + "PathCheck", PathCheck.class);
    var group = table.type(TYPE + "GroupCheck", GroupCheck.class);
    var decision = table.type(TYPE + "Decision", Authority.Decision.class);
    var text = SimpleType.STRING;
    var bool = SimpleType.BOOL;
    table
        .member("path", path, each -> path(of(each), text(each)), authorizer, text)
        .member("group", group, each -> new GroupCheck(of(each), text(each)), authorizer, text)
        .member(
            "serviceAccount",
            authorizer,
            each -> serviceAccount(of(each), text(each), (String) each[2]),
            authorizer,
            text,
            text)
        .member(
            "resource", resource, each -> resource((GroupCheck) each[0], text(each)), group, text)
        .member("check", decision, each -> check((PathCheck) each[0], text(each)), path, text)
        .member(
            "check", decision, each -> check((ResourceCheck) each[0], text(each)), resource, text)
        .member("allowed", bool, each -> ((Authority.Decision) each[0]).allowed(), decision)
        .member("reason", text, each -> ((Authority.Decision) each[0]).why(), decision)
        .member("errored", bool, each -> false, decision)
        .member("error", text, each -> "", decision);
    for (var part : Part.values()) {
      table.member(
          part.function,
          resource,
          each -> part.set((ResourceCheck) each[0], text(each)),
          resource,
          text);
    }
  }

  private static Authority of(Object[] arguments) {
    return (Authority) arguments[0];
  }

  private static String text(Object[] arguments) {
    return (String) arguments[1];
  }

  private static PathCheck path(Authority authority, String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("path must not be empty");
    }
    return new PathCheck(authority, path);
  }

  private static Authority serviceAccount(Authority authority, String namespace, String name) {
    if (!NameRule.DNS_LABEL.violations(namespace).isEmpty()) {
      throw new IllegalArgumentException("Invalid service account namespace");
    }
    if (!NameRule.DNS_SUBDOMAIN.violations(name).isEmpty()) {
      throw new IllegalArgumentException("Invalid service account name");
    }
    return authority.of(namespace, name);
  }

  private static ResourceCheck resource(GroupCheck group, String resource) {
    if (resource.isEmpty()) {
      throw new IllegalArgumentException("resource must not be empty");
    }
    return new ResourceCheck(
        group.authority(), new Resource(group.group(), resource, "", "", "", Map.of()));
  }

  private static Authority.Decision check(PathCheck check, String verb) {
    return check.authority().path(check.path(), verb);
  }

  private static Authority.Decision check(ResourceCheck check, String verb) {
    return check.authority().resource(check.resource(), verb);
  }

  /** What narrows a question about resources. */
  private enum Part {
    SUBRESOURCE("subresource") {
      @Override
      Resource of(Resource old, String value) {
        return new Resource(
            old.group(), old.resource(), value, old.namespace(), old.name(), old.fields());
      }
    },
    NAMESPACE("namespace") {
      @Override
      Resource of(Resource old, String value) {
        return new Resource(
            old.group(), old.resource(), old.subresource(), value, old.name(), old.fields());
      }
    },
    NAME("name") {
      @Override
      Resource of(Resource old, String value) {
        return new Resource(
            old.group(), old.resource(), old.subresource(), old.namespace(), value, old.fields());
      }
    },
    FIELDS("fieldSelector") {
      @Override
      Resource of(Resource old, String value) {
        var fields = new HashMap<String, String>();
        for (var term : FieldSelector.parse(value).terms()) {
          if (term.equal()) {
            fields.put(term.field(), term.value());
          }
        }
        return new Resource(
            old.group(), old.resource(), old.subresource(), old.namespace(), old.name(), fields);
      }
    },
    /** No authorizer here goes by labels: the question is not narrowed. */
    LABELS("labelSelector") {
      @Override
      Resource of(Resource old, String value) {
        return old;
      }
    };

    private final String function;

    Part(String function) {
      this.function = function;
    }

    abstract Resource of(Resource old, String value);

    ResourceCheck set(ResourceCheck check, String value) {
      return new ResourceCheck(check.authority(), of(check.resource(), value));
    }
  }
}
