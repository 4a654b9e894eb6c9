package io.jkube.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.jkube.kubelet.probe.Checks;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecResult;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told a container on its way out, and when. */
@Timeout(20)
final class ContainerStopsTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Container SPEC =
      new ContainerBuilder()
          .withName("main")
          .withNewLifecycle()
          .withNewPreStop()
          .withNewExec()
          .withCommand("drain")
          .endExec()
          .endPreStop()
          .endLifecycle()
          .build();

  private final CountDownLatch hookEnds = new CountDownLatch(1);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();
  private final ContainerRuntime runtime =
      (ContainerRuntime)
          Proxy.newProxyInstance(
              ContainerStopsTest.class.getClassLoader(),
              new Class<?>[] {ContainerRuntime.class},
              (proxy, method, arguments) -> answer(method.getName()));
  private final ContainerStops stops =
      new ContainerStops(runtime, new Hooks(new Checks(runtime)), inbox::add);

  private Object answer(String method) throws InterruptedException {
    told.add(method);
    if (method.equals("exec")) {
      hookEnds.await();
      return new ExecResult(0, new byte[0], new byte[0]);
    }
    return null;
  }

  @Test
  void aLookAtThePodDoesNotCutItsHookShort() throws InterruptedException {
    assertTrue(stop(GRACE));
    assertEquals("exec", told.take());
    assertFalse(stop(GRACE.minusMillis(1)));
    hookEnds.countDown();
    inbox.take();
    assertEquals("stopContainer", told.take());
    assertTrue(told.isEmpty(), told::toString);
  }

  @Test
  void lessTimeEndsTheHook() throws InterruptedException {
    assertTrue(stop(GRACE));
    assertEquals("exec", told.take());
    assertFalse(stop(Duration.ofSeconds(1)));
    assertEquals("stopContainer", told.take());
    hookEnds.countDown();
  }

  private boolean stop(Duration grace) {
    return stops.stop(SPEC, "id", "10.244.0.2", grace, null);
  }
}
