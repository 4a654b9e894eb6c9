package io.jkube.network;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every consumer of the newest table of services. Changes that come while consumers are at
 * work make one further table together.
 */
public final class ServiceNetworking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNetworking.class);
  private static final Duration SYNC_WAIT = Duration.ofMinutes(1);

  private final ServiceInformers informers;
  private final List<TableConsumer> consumers;
  private final ChangeLoop loop = new ChangeLoop("service-networking", this::tell);

  /** What the log was told last; of the loop's thread. */
  private String lastFailure = "";

  /** Owns the informers from now on. */
  public ServiceNetworking(ServiceInformers informers, List<TableConsumer> consumers) {
    this.informers = informers;
    this.consumers = List.copyOf(consumers);
    informers.onChange(loop::changed);
  }

  /** Begins; does not wait. */
  public ServiceNetworking start() {
    informers.start();
    loop.start();
    return this;
  }

  /** Waits until all consumers have a table; false when they have none yet. */
  public boolean awaitFirst(Duration limit) throws InterruptedException {
    return loop.awaitFirst(limit);
  }

  @Override
  public void close() {
    informers.close();
    loop.close();
  }

  /** A consumer that fails is no hindrance to the others; false when one has to be told again. */
  private boolean tell() throws InterruptedException {
    while (!informers.awaitSynced(SYNC_WAIT)) {
      LOG.warn("still waiting for the list of services and slices");
    }
    var table = informers.table();
    boolean well = true;
    for (var consumer : consumers) {
      try {
        well &= consumer.accept(table);
      } catch (IOException | RuntimeException failure) {
        failed(failure.toString());
        well = false;
      }
    }
    if (well) {
      lastFailure = "";
    }
    return well;
  }

  /** Said once, not at every try. */
  private void failed(String failure) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      LOG.warn("services are not routed yet as they should be: {}", failure);
    }
  }
}
