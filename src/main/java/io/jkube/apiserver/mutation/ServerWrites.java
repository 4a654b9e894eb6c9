package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.registry.ResourceDefinition;
import java.util.Map;

/** Writes of the server itself, on the way of every write. What is gone already stays gone. */
public record ServerWrites(Mutations mutations) {
  private static final UserInfo SERVER = UserInfo.of("system:apiserver", UserInfo.MASTERS);
  private static final String AGENT = "kube-apiserver";

  /** Somebody may have been faster: what is there stays. */
  public void create(ResourceDefinition definition, ObjectNode object) {
    try {
      mutations.create(
          call(definition, new ObjectKey(key(object).namespace(), ""), "POST", ""), object);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
    }
  }

  public void update(ResourceDefinition definition, ObjectKey key, Part part, Change change) {
    var subresource = part == Part.STATUS ? "/status" : "";
    unlessGone(() -> mutations.update(call(definition, key, "PUT", subresource), part, change));
  }

  public void delete(ResourceDefinition definition, ObjectKey key) {
    var call = call(definition, key, "DELETE", "");
    unlessGone(() -> mutations.delete(call, key, DeleteOptions.of(call.request())));
  }

  private static void unlessGone(Runnable write) {
    try {
      write.run();
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND) {
        throw failure;
      }
    }
  }

  private static ResourceCall call(
      ResourceDefinition definition, ObjectKey key, String method, String subresource) {
    var name = key.name().isEmpty() ? "" : "/" + key.name();
    var path = definition.resource().path(key.namespace()) + name + subresource;
    var request =
        new ApiRequest(
            method, path, Map.of(), "", "", AGENT, new Caller.InProcess(SERVER), Body.NONE);
    return new ResourceCall(request, RequestInfo.of(request), SERVER, definition);
  }

  public static ObjectKey key(ObjectNode object) {
    return new ObjectKey(
        object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText());
  }
}
