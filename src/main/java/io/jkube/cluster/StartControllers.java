package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.controller.ControllerList;
import java.time.ZoneOffset;
import java.util.Set;

/** Starts the controllers, each under a service account's name of its own, as upstream has them. */
final class StartControllers implements StartupStep {
  private static final String MANAGER = "system:kube-controller-manager";
  private static final String LEASE = "kube-controller-manager";

  @Override
  public String title() {
    return "Start the controllers";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(SeedRoles.class);
  }

  @Override
  public void start(Parts parts) {
    parts.controllers =
        Elections.start(parts, client(parts, MANAGER), LEASE, () -> controllers(parts));
  }

  private static ControllerList controllers(Parts parts) {
    return ControllerList.start(
        user -> client(parts, user),
        parts.clock.withZone(ZoneOffset.UTC),
        parts.keys.certificateAuthority(),
        parts.folder.volumes(),
        new EngineFolders(parts));
  }

  @Override
  public void stop(Parts parts) throws Exception {
    parts.controllers.close();
  }

  private static ApiClient client(Parts parts, String user) {
    var account =
        user.startsWith(ControllerList.USER_PREFIX)
            ? UserInfo.of(user, "system:serviceaccounts", "system:serviceaccounts:kube-system")
            : UserInfo.of(user);
    var name = user.substring(user.lastIndexOf(':') + 1);
    return new ApiClient(
        new ControllerTransport(
            parts.transport(UserInfo.of(MANAGER), name), parts.transport(account, name)));
  }
}
