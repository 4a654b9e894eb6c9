package io.jkube.apiserver.resourcemetrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What kubelets say their nodes use; all are asked at once. */
record Summaries(KubeletConnection kubelets) {
  private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);
  private static final String PATH = "/stats/summary";

  /** By node; those that do not answer are missing. */
  Map<String, JsonNode> of(List<String> nodes) {
    var questions = new ArrayList<Callable<Optional<JsonNode>>>();
    nodes.forEach(node -> questions.add(() -> of(node)));
    var found = new LinkedHashMap<String, JsonNode>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = executor.invokeAll(questions);
      for (int i = 0; i < nodes.size(); i++) {
        var node = nodes.get(i);
        answers.get(i).get().ifPresent(summary -> found.put(node, summary));
      }
      return found;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is stopping");
    } catch (ExecutionException failure) {
      throw ApiException.internal("reading " + PATH + ": " + failure.getCause());
    }
  }

  private Optional<JsonNode> of(String node) {
    try {
      return Optional.of(Json.parse(kubelets.page(node, PATH).body()));
    } catch (ApiException silent) {
      LOG.debug("no figures of node {}: {}", node, silent.getMessage());
      return Optional.empty();
    }
  }
}
