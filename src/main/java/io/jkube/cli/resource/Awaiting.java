package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.cli.command.CommandContext;
import io.jkube.client.ApiCall;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Watches one object until it is as somebody wants it. */
public final class Awaiting {
  private final CommandContext context;
  private final ResourceApi api;

  public Awaiting(CommandContext context) {
    this.context = context;
    this.api = new ResourceApi(context.transport());
  }

  /**
   * Waits until the condition holds for the object, which is empty while it does not exist.
   *
   * @param timeout zero looks once
   * @return whether it came to hold in time
   * @throws InterruptedException when the user interrupted
   */
  public boolean until(
      Target target, String namespace, Duration timeout, Predicate<Optional<ObjectNode>> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      var version = look(target, namespace, condition);
      if (version.isEmpty()) {
        return true;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      if (watch(target, namespace, version.get(), left, condition)) {
        return true;
      }
    }
  }

  /** The resourceVersion to watch from; empty when the condition holds already. */
  private Optional<String> look(
      Target target, String namespace, Predicate<Optional<ObjectNode>> condition) {
    var list =
        api.get(
            new Target(target.type(), ""),
            namespace,
            Map.of("fieldSelector", "metadata.name=" + target.name()),
            ApiCall.JSON);
    var object = list.path("items").valueStream().findFirst().map(item -> (ObjectNode) item);
    return condition.test(object)
        ? Optional.empty()
        : Optional.of(list.path("metadata").path("resourceVersion").asText());
  }

  /** Whether the condition came to hold; false also when the server ended the watch. */
  private boolean watch(
      Target target,
      String namespace,
      String version,
      long nanos,
      Predicate<Optional<ObjectNode>> condition)
      throws InterruptedException {
    var query =
        Map.of("fieldSelector", "metadata.name=" + target.name(), "resourceVersion", version);
    var done = new CountDownLatch(1);
    try (var watch = api.watch(target, namespace, query, ApiCall.JSON);
        var stop = context.interruption().onInterrupt(watch::close)) {
      Thread.ofVirtual().name("cli-wait").start(() -> closeAfter(nanos, done, watch::close));
      for (var event = watch.next(); event != null; event = watch.next()) {
        switch (event.type()) {
          case "ERROR" -> {
            // Too old a version, or a server that goes down: look afresh.
            return false;
          }
          case "BOOKMARK" -> {}
          default -> {
            var object =
                event.type().equals("DELETED")
                    ? Optional.<ObjectNode>empty()
                    : Optional.of(event.object());
            if (condition.test(object)) {
              return true;
            }
          }
        }
      }
    } finally {
      done.countDown();
    }
    if (context.interruption().raised()) {
      throw new InterruptedException("interrupted by the user");
    }
    return false;
  }

  private static void closeAfter(long nanos, CountDownLatch done, Runnable close) {
    try {
      if (!done.await(nanos, TimeUnit.NANOSECONDS)) {
        close.run();
      }
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
    }
  }

  /** A refusal that says only that the object is not there. */
  public static boolean isNotFound(ApiException refused) {
    return refused.reason() == StatusReason.NOT_FOUND;
  }
}
