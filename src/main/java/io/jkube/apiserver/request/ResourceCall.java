package io.jkube.apiserver.request;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.registry.ResourceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An authorised request about objects of one kind, as verbs get it. One thread's.
 *
 * @param warnings what to tell the client beside the answer; verbs add to it
 * @param auditAnnotations what to note beside the request in the audit log; plugins add to it
 * @param duplicates what stands twice in the body, in upstream's words; its reader adds to it
 */
public record ResourceCall(
    ApiRequest request,
    RequestInfo info,
    UserInfo user,
    ResourceDefinition definition,
    List<String> warnings,
    List<String> duplicates,
    Map<String, String> auditAnnotations) {
  public ResourceCall(
      ApiRequest request, RequestInfo info, UserInfo user, ResourceDefinition definition) {
    this(
        request,
        info,
        user,
        definition,
        new ArrayList<>(),
        new ArrayList<>(),
        new LinkedHashMap<>());
  }

  /** The same call, its answer seen as one about another kind. */
  public ResourceCall as(ResourceDefinition other) {
    return new ResourceCall(request, info, user, other, warnings, duplicates, auditAnnotations);
  }

  /** The same call, as one about an object that its path does not name. */
  public ResourceCall about(RequestInfo target, ResourceDefinition kind) {
    return new ResourceCall(request, target, user, kind, warnings, duplicates, auditAnnotations);
  }

  public GroupVersionResource resource() {
    return definition.resource();
  }

  public ObjectKey key() {
    return info.key();
  }

  public String namespace() {
    return info.namespace();
  }

  public boolean dryRun() {
    return request.has("dryRun");
  }

  public Reply ok(Document document) {
    return new Reply.Found(200, document, warnings);
  }

  public Reply created(Document document) {
    return new Reply.Found(201, document, warnings);
  }
}
