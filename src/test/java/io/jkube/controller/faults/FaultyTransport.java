package io.jkube.controller.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The way of one user of a process to the server, on which {@link Faults} happen. Once the process
 * is dead nothing reaches the server, and nothing comes back of what did.
 */
record FaultyTransport(Transport way, String who, Faults faults, BooleanSupplier dead)
    implements Transport {
  @Override
  public ObjectNode send(ApiCall call) {
    var fate = dead.getAsBoolean() ? Faults.Fate.REFUSED : faults.fate(who, call);
    var answer =
        switch (fate) {
          case REFUSED -> throw failure(StatusReason.SERVICE_UNAVAILABLE, "refused");
          case CONFLICT -> throw failure(StatusReason.CONFLICT, "somebody was faster");
          case BROKEN -> throw failure(StatusReason.INTERNAL_ERROR, "broken");
          case LOST -> {
            way.send(call);
            throw failure(StatusReason.SERVICE_UNAVAILABLE, "the answer is lost");
          }
          case SLOW -> {
            pause(call);
            yield way.send(call);
          }
          case DONE -> way.send(call);
        };
    if (dead.getAsBoolean()) {
      throw failure(StatusReason.SERVICE_UNAVAILABLE, "who asked is dead");
    }
    return answer;
  }

  private static ApiException failure(StatusReason reason, String message) {
    return new ApiException(reason, "fault: " + message);
  }

  private void pause(ApiCall call) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(faults.millis(who, call)));
  }

  @Override
  public WatchStream watch(ApiCall call) {
    if (dead.getAsBoolean() || faults.refusesWatch(who, call)) {
      throw failure(StatusReason.SERVICE_UNAVAILABLE, "refused");
    }
    return new FaultyWatch(call, way.watch(call));
  }

  @Override
  public InputStream stream(ApiCall call) {
    return way.stream(call);
  }

  private final class FaultyWatch implements WatchStream {
    private final ApiCall call;
    private final WatchStream events;

    FaultyWatch(ApiCall call, WatchStream events) {
      this.call = call;
      this.events = events;
    }

    @Override
    public WatchEvent next() throws InterruptedException {
      var event = events.next();
      if (event == null || dead.getAsBoolean()) {
        return null;
      }
      return switch (faults.delivery(who, call)) {
        case NOW -> event;
        case LATE -> {
          TimeUnit.MILLISECONDS.sleep(faults.millis(who, call));
          yield event;
        }
        case CUT -> null;
        case EXPIRED ->
            new WatchEvent(
                "ERROR",
                Json.object().put("code", 410).put("reason", "Expired").put("message", "fault"));
      };
    }

    @Override
    public void close() {
      events.close();
    }
  }
}
