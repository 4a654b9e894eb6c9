package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Deletes what is in a namespace, and tells what is left of it. */
final class NamespaceContent {
  private static final int DELETIONS_AT_A_TIME = 16;

  private final ApiClient client;
  private final ServedKinds kinds;

  NamespaceContent(ApiClient client) {
    this.client = client;
    this.kinds = new ServedKinds(client);
  }

  /**
   * What was still there after a pass.
   *
   * @param objects how many, by resource ({@code pods.}: as upstream's message names it)
   * @param finalizers how many objects each finalizer holds
   * @param failures why something could not be deleted
   * @param undiscovered why it is not known what is there; empty when it is
   */
  record Left(
      TreeMap<String, Integer> objects,
      TreeMap<String, Integer> finalizers,
      List<String> failures,
      String undiscovered) {
    boolean nothing() {
      return objects.isEmpty() && failures.isEmpty() && undiscovered.isEmpty();
    }
  }

  /** Pods first: what they use stays until they have ended. */
  Left delete(String namespace) {
    var left = new Left(new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), "");
    delete(Resources.PODS, namespace, left);
    if (!left.nothing()) {
      return left;
    }
    ServedKinds.Found served;
    try {
      served = kinds.find();
    } catch (ApiException failure) {
      return new Left(left.objects, left.finalizers, left.failures, failure.getMessage());
    }
    served.kinds().stream()
        .filter(ServedKinds.Served::namespaced)
        .forEach(kind -> delete(kind.resource(), namespace, left));
    if (served.silent().isEmpty()) {
      return left;
    }
    var why = "unable to retrieve the complete list of server APIs: ";
    var silent = served.silent().stream().map(ServedKinds.Silent::toString);
    return new Left(
        left.objects,
        left.finalizers,
        left.failures,
        why + silent.collect(Collectors.joining(", ")));
  }

  private void delete(GroupVersionResource resource, String namespace, Left left) {
    try {
      var there = client.list(resource, namespace, ListOptions.ALL).items();
      if (there.isEmpty()) {
        return;
      }
      deleteAll(
          resource,
          there.stream()
              .filter(object -> !object.path("metadata").hasNonNull("deletionTimestamp"))
              .toList());
      count(resource, client.list(resource, namespace, ListOptions.ALL).items(), left);
    } catch (ApiException failure) {
      left.failures.add(failure.getMessage());
    }
  }

  /** Side by side: the store commits together what comes together. */
  private void deleteAll(GroupVersionResource resource, List<ObjectNode> objects) {
    var deletions = new ArrayList<Future<?>>();
    try (var threads =
        Executors.newFixedThreadPool(DELETIONS_AT_A_TIME, Thread.ofVirtual().factory())) {
      objects.forEach(
          object -> deletions.add(threads.submit(() -> deleteUnlessGone(resource, object))));
    }
    for (var deletion : deletions) {
      if (deletion.state() == Future.State.FAILED) {
        throw deletion.exceptionNow() instanceof ApiException refused
            ? refused
            : ApiException.internal(String.valueOf(deletion.exceptionNow()));
      }
    }
  }

  /** Pods get the grace they ask for. */
  private void deleteUnlessGone(GroupVersionResource resource, ObjectNode object) {
    try {
      var uid = object.at("/metadata/uid").asText();
      client.delete(resource, Json.key(object), DeleteOptions.ofUid(uid));
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND && failure.reason() != StatusReason.CONFLICT) {
        throw failure;
      }
    }
  }

  private static void count(GroupVersionResource resource, List<ObjectNode> remaining, Left left) {
    if (!remaining.isEmpty()) {
      left.objects.put(resource.resource() + "." + resource.group(), remaining.size());
    }
    for (var object : remaining) {
      object
          .at("/metadata/finalizers")
          .forEach(finalizer -> left.finalizers.merge(finalizer.asText(), 1, Integer::sum));
    }
  }
}
