package io.jkube.network.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class DoorsTest {
  @Test
  void whereThePortIsTakenTheNextFreeOneIsAndItIsSaidWhy() throws Exception {
    try (var holder = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int wanted = holder.getLocalPort();
      int other = freePort();
      try (var first = Doors.open(0, wanted, other);
          var second = Doors.open(0, wanted, other)) {
        assertEquals(other, first.port());
        assertTrue(second.port() > other, "the next one, " + second.port());
        assertTrue(
            first.trouble().startsWith("port " + wanted + " of 127.0.0.1 is held by process \""),
            first.trouble());
      }
    }
  }

  @Test
  void aPortThatOneHadIsKept() throws Exception {
    int wanted = freePort();
    int last = freePort();
    assertNotEquals(wanted, last);
    try (var again = Doors.open(last, wanted, wanted)) {
      assertEquals(last, again.port());
      assertEquals("", again.trouble(), "nothing is in the way of the other one any more");
    }
    try (var first = Doors.open(0, wanted, last)) {
      assertEquals(wanted, first.port());
      assertEquals("", first.trouble());
    }
  }

  private static int freePort() throws IOException {
    try (var any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return any.getLocalPort();
    }
  }
}
