package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.Refusal;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.stream.CommandOptions;
import io.jkube.apiserver.stream.Handshake;
import io.jkube.apiserver.stream.RemoteProcess;
import io.jkube.registry.Tree;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * {@code pods/exec} and {@code pods/attach}: the streams of a process, from the kubelet of the
 * pod's node. A WebSocket begins with a GET; whoever opens one needs the right to create all the
 * same, as since Kubernetes 1.35.
 */
public record RemoteCommand(
    Kind kind, ObjectStore objects, KubeletConnection kubelets, Authorizer authorizer)
    implements Verb {
  /** Whether a process is started, or the container's first one is meant. */
  public enum Kind {
    EXEC,
    ATTACH
  }

  @Override
  public Reply handle(ResourceCall call) {
    requireCreate(call, authorizer);
    var options = options(call);
    var pod = objects.require(call.resource(), call.key()).tree();
    var container = ContainerOf.pod(pod, call.request().parameter("container"));
    var node = node(pod);
    Supplier<RemoteProcess> start;
    try {
      start =
          switch (kind) {
            case EXEC -> kubelets.exec(node, call.namespace(), name(call), container, options);
            case ATTACH -> kubelets.attach(node, call.namespace(), name(call), container, options);
          };
    } catch (ApiException refused) {
      return plain(refused);
    }
    return Handshake.command(call.request().raw(), options, start);
  }

  private CommandOptions options(ResourceCall call) {
    var options = CommandOptions.of(call.request());
    if (kind == Kind.EXEC && options.command().isEmpty()) {
      throw ApiException.badRequest("you must specify at least one command for the container");
    }
    return kind == Kind.ATTACH ? options.withoutCommand() : options;
  }

  private static String name(ResourceCall call) {
    return call.info().name();
  }

  static void requireCreate(ResourceCall call, Authorizer authorizer) {
    if (call.info().verb().equals("create")) {
      return;
    }
    var what = Attributes.of(call.info(), call.request()).withVerb("create");
    var decision = authorizer.authorize(call.user(), what);
    if (!decision.allowed()) {
      throw Refusal.of(call.user(), what, decision.why());
    }
  }

  static String node(ObjectNode pod) {
    var node = Tree.text(pod, "/spec/nodeName");
    if (node.isEmpty()) {
      var name = Tree.text(pod, "/metadata/name");
      throw ApiException.badRequest("pod " + name + " does not have a host assigned");
    }
    return node;
  }

  /** A kubelet's refusal is text, to which clients put "unable to upgrade connection: ". */
  static Reply plain(ApiException refused) {
    var text = refused.getMessage().getBytes(StandardCharsets.UTF_8);
    return new Reply.Text(refused.code(), "text/plain; charset=utf-8", text, null);
  }
}
