package io.jkube.apiserver.subresource;

import io.jkube.api.ApiException;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.stream.Handshake;
import io.jkube.apiserver.stream.PodDial;
import java.util.ArrayList;
import java.util.List;

/** {@code pods/portforward}: connections to a pod's ports, from the kubelet of its node. */
public record PortForward(ObjectStore objects, KubeletConnection kubelets, Authorizer authorizer)
    implements Verb {
  private static final int MOST_PORTS = 65535;

  @Override
  public Reply handle(ResourceCall call) {
    RemoteCommand.requireCreate(call, authorizer);
    var ports = ports(call.request());
    var pod = objects.require(call.resource(), call.key()).tree();
    var node = RemoteCommand.node(pod);
    PodDial dial;
    try {
      dial = kubelets.portForward(node, call.namespace(), call.info().name());
    } catch (ApiException refused) {
      return RemoteCommand.plain(refused);
    }
    return Handshake.portForward(call.request().raw(), ports, dial);
  }

  /** Named one by one, or with commas between them. */
  private static List<Integer> ports(ApiRequest request) {
    var ports = new ArrayList<Integer>();
    for (var value : request.query().getOrDefault("ports", List.of())) {
      for (var text : value.split(",")) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MOST_PORTS) {
          throw ApiException.badRequest("port must be between 1 and 65535: \"" + text + "\"");
        }
        ports.add(port);
      }
    }
    return ports;
  }
}
