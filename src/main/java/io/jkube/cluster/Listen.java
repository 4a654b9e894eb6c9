package io.jkube.cluster;

import io.jkube.apiserver.ApiServer;
import io.jkube.apiserver.ListenSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Set;

/** Opens the API's ports; they answer 503 until {@link Serve}. */
final class Listen implements StartupStep {
  private static final String LOOPBACK = "127.0.0.1";

  @Override
  public String title() {
    return "Listen";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(LoadKeys.class);
  }

  @Override
  public void start(Parts parts) throws IOException, GeneralSecurityException {
    var wanted = parts.settings;
    parts.server =
        ApiServer.start(
            new ListenSettings(
                LOOPBACK,
                wanted.port(),
                true,
                parts.keys.serverContext(),
                parts.folder.socket(),
                wanted.insecurePort() == 0
                    ? ListenSettings.NO_INSECURE_PORT
                    : wanted.insecurePort()));
    if (wanted.port() != 0 && parts.server.port() != wanted.port()) {
      parts.listener.told(
          title(),
          "Port " + wanted.port() + " is taken; the API listens on " + parts.server.port());
    }
  }

  @Override
  public void stop(Parts parts) {
    parts.server.close();
  }
}
