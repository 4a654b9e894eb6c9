package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.jkube.kubelet.probe.Checks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lifecycle hooks of containers (Kubernetes: "Container Lifecycle Hooks"). */
final class Hooks {
  private static final Duration LONGEST_POST_START = Duration.ofHours(1);

  private final Checks checks;

  Hooks(Checks checks) {
    this.checks = checks;
  }

  static boolean hasPostStart(Container container) {
    return container.getLifecycle() != null && container.getLifecycle().getPostStart() != null;
  }

  /** Blocks until the hook is done. */
  Checks.Answer postStart(Container container, String containerId, String address)
      throws InterruptedException {
    var hook = container.getLifecycle().getPostStart();
    return run(hook, container, containerId, address, LONGEST_POST_START);
  }

  /** Blocks until the hook is done or the time over; success where there is none. */
  Checks.Answer preStop(Container container, String containerId, String address, Duration limit)
      throws InterruptedException {
    var lifecycle = container.getLifecycle();
    return lifecycle == null || lifecycle.getPreStop() == null
        ? new Checks.Answer(true, "")
        : run(lifecycle.getPreStop(), container, containerId, address, limit);
  }

  private Checks.Answer run(
      LifecycleHandler hook, Container container, String id, String address, Duration limit)
      throws InterruptedException {
    if (hook.getExec() != null) {
      return checks.exec(id, hook.getExec().getCommand(), limit);
    }
    if (hook.getHttpGet() != null) {
      return checks.http(hook.getHttpGet(), container, address, limit);
    }
    if (hook.getSleep() != null) {
      long seconds = Math.min(hook.getSleep().getSeconds(), limit.toSeconds());
      // An interruption ends the sleep; nothing else can.
      boolean unexpected = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
      return new Checks.Answer(!unexpected, "");
    }
    return new Checks.Answer(true, "");
  }
}
