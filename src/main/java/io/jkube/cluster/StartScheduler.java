package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.scheduler.Scheduler;
import java.time.ZoneOffset;
import java.util.Set;

/** Starts the scheduler, under the name upstream's has. */
final class StartScheduler implements StartupStep {
  private static final String USER = "system:kube-scheduler";
  private static final String LEASE = "kube-scheduler";

  @Override
  public String title() {
    return "Start the scheduler";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(SeedRoles.class);
  }

  @Override
  public void start(Parts parts) {
    var client = new ApiClient(parts.transport(UserInfo.of(USER), "kube-scheduler"));
    var clock = parts.clock.withZone(ZoneOffset.UTC);
    parts.scheduler =
        Elections.start(
            parts, client, LEASE, () -> new Scheduler(client, clock, parts.traces).start());
  }

  @Override
  public void stop(Parts parts) throws Exception {
    parts.scheduler.close();
  }
}
