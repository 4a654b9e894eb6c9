package io.jkube.apiserver.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.registry.core.ComponentStatuses;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * GET of {@code componentstatuses}, of one or of all: what the server can see for itself. Parts
 * that are its clients, as the scheduler is, it does not judge.
 *
 * @param checks by name of the component
 */
public record Components(Map<String, BooleanSupplier> checks, Presenter presenter) implements Verb {
  private static final String DEPRECATED = "v1 ComponentStatus is deprecated in v1.19+";

  @Override
  public Reply handle(ResourceCall call) {
    call.warnings().add(DEPRECATED);
    var name = call.info().name();
    if (name.isEmpty()) {
      var all = checks.keySet().stream().sorted().map(this::status).toList();
      return call.ok(presenter.list(call, all));
    }
    if (!checks.containsKey(name)) {
      throw ApiException.notFound(call.resource(), name);
    }
    return call.ok(presenter.object(call, new TreeDocument(status(name))));
  }

  private ObjectNode status(String name) {
    return ComponentStatuses.of(name, passes(checks.get(name)));
  }

  private static boolean passes(BooleanSupplier check) {
    try {
      return check.getAsBoolean();
    } catch (RuntimeException failed) {
      return false;
    }
  }
}
