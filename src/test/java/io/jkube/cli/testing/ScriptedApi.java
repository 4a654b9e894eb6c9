package io.jkube.cli.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A server that answers what a test told it, by path, and remembers what it was asked. */
public final class ScriptedApi implements Transport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Function<ApiCall, ObjectNode>> answers = new HashMap<>();
  private final Map<String, String> logs = new HashMap<>();
  private final List<ApiCall> calls = new ArrayList<>();

  /** Answers with this object; single quotes stand for double ones. */
  public ScriptedApi answer(String path, String json) {
    var object = object(json);
    return answer(path, call -> object.deepCopy());
  }

  public ScriptedApi answer(String path, Function<ApiCall, ObjectNode> answer) {
    answers.put(path, answer);
    return this;
  }

  /** What the stream of this path holds. */
  public ScriptedApi log(String path, String text) {
    logs.put(path, text);
    return this;
  }

  /** The core group with pods, services and config maps, and apps with deployments. */
  public ScriptedApi discovery() {
    answer(
        "/api",
        """
        {'items': [{'metadata': {'name': ''}, 'versions': [{'version': 'v1', 'resources': [
          {'resource': 'pods', 'singularResource': 'pod', 'responseKind': {'kind': 'Pod'},
           'scope': 'Namespaced', 'shortNames': ['po'], 'categories': ['all'], 'verbs': ['list']},
          {'resource': 'services', 'singularResource': 'service', 'scope': 'Namespaced',
           'responseKind': {'kind': 'Service'}, 'shortNames': ['svc'], 'categories': ['all'],
           'verbs': ['list']},
          {'resource': 'namespaces', 'singularResource': 'namespace', 'scope': 'Cluster',
           'responseKind': {'kind': 'Namespace'}, 'shortNames': ['ns'], 'verbs': ['list']},
          {'resource': 'configmaps', 'singularResource': 'configmap', 'scope': 'Namespaced',
           'responseKind': {'kind': 'ConfigMap'}, 'shortNames': ['cm'], 'verbs': ['list']}]}]}]}
        """);
    return answer(
        "/apis",
        """
        {'items': [{'metadata': {'name': 'apps'}, 'versions': [{'version': 'v1', 'resources': [
          {'resource': 'deployments', 'singularResource': 'deployment', 'scope': 'Namespaced',
           'responseKind': {'kind': 'Deployment'}, 'shortNames': ['deploy'], 'verbs': ['list']}]}]}]}
        """);
  }

  /** What it was asked, in order. */
  public List<ApiCall> calls() {
    return List.copyOf(calls);
  }

  public static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }

  @Override
  public ObjectNode send(ApiCall call) {
    calls.add(call);
    var answer = answers.get(call.path());
    if (answer == null) {
      throw new ApiException(StatusReason.NOT_FOUND, call.path() + " not found");
    }
    return answer.apply(call);
  }

  @Override
  public WatchStream watch(ApiCall call) {
    throw new UnsupportedOperationException("no watches here");
  }

  @Override
  public InputStream stream(ApiCall call) {
    calls.add(call);
    var text =
        logs.get(
            call.path() + "?" + String.join("", call.query().getOrDefault("container", List.of())));
    if (text == null) {
      throw new ApiException(StatusReason.NOT_FOUND, call.path() + " has no log");
    }
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
