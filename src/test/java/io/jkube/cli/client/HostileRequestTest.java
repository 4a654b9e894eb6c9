package io.jkube.cli.client;

import io.jkube.testing.Hostile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What comes through the socket in the cluster's folder. */
final class HostileRequestTest {
  @Test
  void readOrRefused() throws IOException {
    var request =
        new Request(new String[] {"get", "pods"}, "/tmp", new String[] {"HOME", "/root"}, 7, 4711);
    new Hostile(37).bytes(request.encode(), Request::decode, IOException.class);
  }
}
