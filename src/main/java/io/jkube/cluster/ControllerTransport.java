package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.io.InputStream;

/**
 * A controller's way to the API. As upstream's do, all controllers see through the eyes of {@code
 * system:kube-controller-manager} and write under a name of their own, which may write no more than
 * that controller needs.
 *
 * @param eyes lists and watches
 * @param hands everything else
 */
record ControllerTransport(Transport eyes, Transport hands) implements Transport {
  @Override
  public ObjectNode send(ApiCall call) {
    return (isList(call) ? eyes : hands).send(call);
  }

  @Override
  public WatchStream watch(ApiCall call) {
    return eyes.watch(call);
  }

  @Override
  public InputStream stream(ApiCall call) {
    return hands.stream(call);
  }

  /** A GET of a collection: its path ends with the resource. */
  private static boolean isList(ApiCall call) {
    if (!call.method().equals("GET")) {
      return false;
    }
    var parts = call.path().substring(1).split("/");
    int resource = parts[0].equals("api") ? 2 : 3;
    boolean inNamespace = parts.length > resource + 2 && parts[resource].equals("namespaces");
    return parts.length == resource + 1 || inNamespace && parts.length == resource + 3;
  }
}
