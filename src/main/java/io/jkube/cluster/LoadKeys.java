package io.jkube.cluster;

import io.jkube.cluster.pki.KeyFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Loads the cluster's keys and certificates; makes them at the first start. As they name the
 * address of the API's Service, it says which addresses services have.
 */
final class LoadKeys implements StartupStep {
  private static final List<String> SERVER_NAMES =
      List.of(
          "localhost",
          "127.0.0.1",
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local");
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  @Override
  public String title() {
    return "Load the keys";
  }

  @Override
  public void start(Parts parts) throws IOException, InterruptedException, StartupFailure {
    boolean routed = parts.settings.runtime() == StartSettings.Runtime.DOCKER;
    parts.services = ServiceNetwork.of(parts.folder, parts.settings.serviceRange(), routed);
    var names = serverNames(parts.services.apiServer());
    parts.keys = new KeyFolder(parts.folder.keys(), parts.clock).load(names);
  }

  private static List<String> serverNames(String service) {
    var names = new ArrayList<>(SERVER_NAMES);
    names.add(service);
    var host = hostName();
    if (DNS_NAME.matcher(host).matches() && !names.contains(host)) {
      names.add(host);
    }
    return names;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException nameless) {
      return "";
    }
  }
}
