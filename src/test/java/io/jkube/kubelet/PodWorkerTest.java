package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fault of our own in a pod's worker is no end of the pod. */
@Timeout(60)
final class PodWorkerTest {
  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aStepThatBreaksIsTriedAgain() {
    var fake = new FakeRuntime(Clock.systemUTC());
    fake.pull("busybox:1.36", null, line -> {});
    try (var node = new TestNode(breaking(fake), folder)) {
      node.createPod("web", "'containers':[" + PodBehaviour.sleeper("a") + "]");
      node.awaitThat(() -> asked.get() > 0);
      node.clock.advance(Duration.ofSeconds(2));
      node.awaitPhase("web", "Running");
      assertEquals(2, asked.get());
    }
  }

  private ContainerRuntime breaking(ContainerRuntime runtime) {
    return (ContainerRuntime)
        Proxy.newProxyInstance(
            PodWorkerTest.class.getClassLoader(),
            new Class<?>[] {ContainerRuntime.class},
            (proxy, method, arguments) -> call(runtime, method, arguments));
  }

  private Object call(ContainerRuntime runtime, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("createSandbox") && asked.incrementAndGet() == 1) {
      throw new StackOverflowError("of a test");
    }
    try {
      return method.invoke(runtime, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
