package io.jkube.network.forward;

import io.jkube.api.Json;
import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.HealthCheck;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers at every {@code healthCheckNodePort} of 127.0.0.1 whether the service has endpoints here:
 * 200 or 503, and the words of upstream's proxy. What is open is guarded by this object.
 */
public final class HealthChecks implements TableConsumer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

  private final Map<Integer, HealthEntrance> open = new HashMap<>();
  private boolean closed;

  @Override
  public synchronized boolean accept(ServiceTable table) {
    if (closed) {
      return true;
    }
    var wanted = new HashMap<Integer, HealthCheck>();
    table.checks().forEach(check -> wanted.put(check.port(), check));
    open.entrySet().removeIf(each -> closeUnless(wanted.containsKey(each.getKey()), each));
    boolean all = true;
    for (var check : wanted.values()) {
      all &= answer(check);
    }
    return all;
  }

  private static boolean closeUnless(boolean stays, Map.Entry<Integer, HealthEntrance> entrance) {
    if (!stays) {
      entrance.getValue().close();
    }
    return !stays;
  }

  private boolean answer(HealthCheck check) {
    try {
      var entrance = open.get(check.port());
      if (entrance == null) {
        entrance = HealthEntrance.open(check.port());
        open.put(check.port(), entrance);
      }
      entrance.answer(check.endpoints() > 0, body(check));
      return true;
    } catch (IOException taken) {
      LOG.debug(
          "healthCheckNodePort {} of {}: {}", check.port(), check.service(), taken.toString());
      return false;
    }
  }

  private static String body(HealthCheck check) {
    var body = Json.object();
    body.putObject("service")
        .put("namespace", check.service().namespace())
        .put("name", check.service().name());
    return body.put("localEndpoints", check.endpoints())
        .put("serviceProxyHealthy", true)
        .toString();
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(HealthEntrance::close);
    open.clear();
  }
}
