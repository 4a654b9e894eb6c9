package io.jkube.network.dns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.Optional;

/** What names are made of, always as of now. */
public interface ServiceRecords {
  Optional<ObjectNode> service(ObjectKey key);

  /** The EndpointSlices of a service. */
  List<ObjectNode> slices(ObjectKey service);

  /** Services whose cluster IP this is. */
  List<ObjectNode> servicesAt(String address);

  /** Slices with an endpoint of this address. */
  List<ObjectNode> slicesWith(String address);

  boolean hasNamespace(String namespace);
}
