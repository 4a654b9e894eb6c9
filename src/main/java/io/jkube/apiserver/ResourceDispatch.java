package io.jkube.apiserver;

import static java.util.Map.entry;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.ConnectOptions;
import io.jkube.apiserver.handler.Create;
import io.jkube.apiserver.handler.Delete;
import io.jkube.apiserver.handler.DeleteCollection;
import io.jkube.apiserver.handler.Get;
import io.jkube.apiserver.handler.List;
import io.jkube.apiserver.handler.Patch;
import io.jkube.apiserver.handler.Update;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.handler.Watch;
import io.jkube.apiserver.health.Components;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.OtherObjects;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.proxy.Proxy;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.review.SelfSubjectAccessReviews;
import io.jkube.apiserver.review.SelfSubjectReviews;
import io.jkube.apiserver.review.SelfSubjectRulesReviews;
import io.jkube.apiserver.review.SubjectAccessReviews;
import io.jkube.apiserver.review.TokenReviews;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.subresource.Binding;
import io.jkube.apiserver.subresource.CreateBinding;
import io.jkube.apiserver.subresource.CreateSigningRequest;
import io.jkube.apiserver.subresource.Eviction;
import io.jkube.apiserver.subresource.Finalize;
import io.jkube.apiserver.subresource.GetScale;
import io.jkube.apiserver.subresource.Log;
import io.jkube.apiserver.subresource.PortForward;
import io.jkube.apiserver.subresource.RemoteCommand;
import io.jkube.apiserver.subresource.SetScale;
import io.jkube.apiserver.subresource.Token;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.schema.SchemaSource;
import java.util.Map;
import java.util.Set;

/** Which code answers which verb of which resource: the explicit list. */
final class ResourceDispatch {
  private static final Set<String> STREAMS = Set.of("proxy");

  /** They change nothing: what they find may be presented or not. */
  private static final Set<String> READING = Set.of("get", "list", "watch");

  private final Mutations mutations;
  private final Presenter presenter;
  private final Map<String, Verb> verbs;

  /** Where a verb means something else: by verb, resource and group. */
  private final Map<String, Verb> special;

  /** By verb, resource and subresource; {@code *} for any resource. */
  private final Map<String, Verb> subresources;

  ResourceDispatch(
      ObjectStore objects,
      Mutations mutations,
      Presenter presenter,
      Identities identities,
      Rights rights,
      SchemaSource schemas,
      ServerParts parts) {
    this.mutations = mutations;
    this.presenter = presenter;
    verbs =
        Map.of(
            "get", new Get(objects, presenter),
            "list", new List(objects, presenter),
            "watch", new Watch(objects, presenter),
            "create", new Create(mutations, presenter),
            "update", new Update(mutations, presenter, Part.MAIN),
            "patch", new Patch(mutations, presenter, schemas, Part.MAIN),
            "delete", new Delete(mutations, presenter),
            "deletecollection", new DeleteCollection(objects, mutations, presenter));
    var binding = new Binding(mutations, new OtherObjects(objects, parts.catalog()), parts.clock());
    var components =
        new Components(Map.of("etcd-0", () -> parts.store().revision() > 0), presenter);
    special =
        Map.ofEntries(
            entry("get componentstatuses", components),
            entry("list componentstatuses", components),
            entry(
                "create tokenreviews.authentication.k8s.io",
                new TokenReviews(mutations, identities.tokens())),
            entry(
                "create selfsubjectreviews.authentication.k8s.io",
                new SelfSubjectReviews(mutations, parts.clock())),
            entry(
                "create subjectaccessreviews.authorization.k8s.io",
                new SubjectAccessReviews(mutations, rights.authorizer())),
            entry(
                "create localsubjectaccessreviews.authorization.k8s.io",
                new SubjectAccessReviews(mutations, rights.authorizer())),
            entry(
                "create selfsubjectaccessreviews.authorization.k8s.io",
                new SelfSubjectAccessReviews(mutations, rights.authorizer())),
            entry(
                "create selfsubjectrulesreviews.authorization.k8s.io",
                new SelfSubjectRulesReviews(mutations, rights.policies())),
            entry("create bindings", new CreateBinding(binding, parts.catalog())),
            entry(
                "create certificatesigningrequests.certificates.k8s.io",
                new CreateSigningRequest(mutations, presenter)));
    var setScale = new SetScale(mutations, presenter);
    var portForward = new PortForward(objects, parts.kubelets(), rights.authorizer());
    var exec =
        new RemoteCommand(RemoteCommand.Kind.EXEC, objects, parts.kubelets(), rights.authorizer());
    var attach =
        new RemoteCommand(
            RemoteCommand.Kind.ATTACH, objects, parts.kubelets(), rights.authorizer());
    var proxy = new Proxy(objects, parts.kubelets());
    subresources =
        Map.ofEntries(
            entry("get */proxy", proxy),
            entry("create */proxy", proxy),
            entry("update */proxy", proxy),
            entry("patch */proxy", proxy),
            entry("delete */proxy", proxy),
            entry("get */status", new Get(objects, presenter)),
            entry("update */status", new Update(mutations, presenter, Part.STATUS)),
            entry("patch */status", new Patch(mutations, presenter, schemas, Part.STATUS)),
            entry("get */approval", new Get(objects, presenter)),
            entry("update */approval", new Update(mutations, presenter, Part.APPROVAL)),
            entry("patch */approval", new Patch(mutations, presenter, schemas, Part.APPROVAL)),
            entry("get */scale", new GetScale(objects, presenter)),
            entry("update */scale", setScale),
            entry("patch */scale", setScale),
            entry("create pods/binding", binding),
            entry("get pods/ephemeralcontainers", new Get(objects, presenter)),
            entry(
                "update pods/ephemeralcontainers",
                new Update(mutations, presenter, Part.SUBRESOURCE)),
            entry(
                "patch pods/ephemeralcontainers",
                new Patch(mutations, presenter, schemas, Part.SUBRESOURCE)),
            entry("get pods/resize", new Get(objects, presenter)),
            entry("update pods/resize", new Update(mutations, presenter, Part.SUBRESOURCE)),
            entry("patch pods/resize", new Patch(mutations, presenter, schemas, Part.SUBRESOURCE)),
            entry("create pods/eviction", new Eviction(objects, mutations, parts.clock())),
            entry("create serviceaccounts/token", new Token(mutations, identities.tokenRequests())),
            entry("get pods/exec", exec),
            entry("create pods/exec", exec),
            entry("get pods/attach", attach),
            entry("create pods/attach", attach),
            entry("get pods/portforward", portForward),
            entry("create pods/portforward", portForward),
            entry("get pods/log", new Log(objects, parts.kubelets())),
            entry("update namespaces/finalize", new Finalize(mutations, presenter)));
  }

  Reply answer(ResourceCall call) {
    var info = call.info();
    if (!call.definition().namespaced() && !info.namespace().isEmpty()) {
      throw Dispatch.unknownResource();
    }
    if (call.definition().namespaced() && info.namespace().isEmpty() && needsNamespace(call)) {
      throw notAllowed();
    }
    if (!info.subresource().isEmpty()) {
      var verb = subresource(call);
      var name = info.subresource().split("/")[0];
      if (ConnectOptions.SUBRESOURCES.contains(name)) {
        mutations.admitConnect(call, ConnectOptions.of(call, name));
      }
      return verb.handle(call);
    }
    var verb = verbs.get(info.verb());
    boolean onObject = !info.name().isEmpty();
    if (verb == null || !serves(call.definition(), info.verb()) || onObject && create(call)) {
      throw notAllowed();
    }
    if (!READING.contains(info.verb())) {
      presenter.requireAcceptable(call);
    }
    return special
        .getOrDefault(info.verb() + " " + call.resource().groupResource(), verb)
        .handle(call);
  }

  private Verb subresource(ResourceCall call) {
    var info = call.info();
    var name = info.subresource().split("/")[0];
    if (!call.definition().subresources().contains(name)) {
      throw Dispatch.unknownResource();
    }
    var own = subresources.get(info.verb() + " " + call.resource().resource() + "/" + name);
    var common = subresources.get(info.verb() + " */" + name);
    if (own != null || common != null) {
      return own != null ? own : common;
    }
    boolean served =
        subresources.keySet().stream()
            .anyMatch(
                key ->
                    key.endsWith(" " + call.resource().resource() + "/" + name)
                        || key.endsWith(" */" + name));
    if (served) {
      throw notAllowed();
    }
    throw notBuilt(call, name);
  }

  private static ApiException notBuilt(ResourceCall call, String name) {
    var why =
        ConnectOptions.SUBRESOURCES.contains(name)
            ? " (streams are not served yet)"
            : " is not served yet";
    return new ApiException(
        StatusReason.NOT_IMPLEMENTED, call.resource().groupResource() + "/" + name + why);
  }

  private static boolean needsNamespace(ResourceCall call) {
    return switch (call.info().verb()) {
      case "list", "watch" -> !call.info().name().isEmpty();
      default -> true;
    };
  }

  private static boolean create(ResourceCall call) {
    return call.info().verb().equals("create");
  }

  private static boolean serves(ResourceDefinition definition, String verb) {
    return definition.verbs().stream().anyMatch(served -> served.text().equals(verb));
  }

  static ApiException notAllowed() {
    return new ApiException(
        StatusReason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }
}
