package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubnetTest {
  @ParameterizedTest
  @CsvSource({
    "10.244.0.0/16, 10.244.0.0/16, true",
    "10.244.0.0/16, 10.244.7.0/24, true",
    "10.0.0.0/8, 10.244.0.0/16, true",
    "10.244.0.0/16, 10.245.0.0/16, false",
    "172.17.0.0/16, 10.244.0.0/16, false"
  })
  void overlapIsSeenFromBothSides(String one, String other, boolean overlaps) {
    assertEquals(overlaps, Subnet.parse(one).overlaps(Subnet.parse(other)));
    assertEquals(overlaps, Subnet.parse(other).overlaps(Subnet.parse(one)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 10.244.0.0/16",
    "10.244.0.0/16, 10.245.0.0/16",
    "10.244.0.0/16 10.245.3.0/24, 10.246.0.0/16",
    "10.244.0.0/14, 10.248.0.0/16"
  })
  void theNextFreeNetworkIsTaken(String taken, String first) {
    List<Subnet> networks =
        Stream.of(taken.split(" ")).filter(text -> !text.isEmpty()).map(Subnet::parse).toList();
    var free = Subnet.parse("10.244.0.0/16").free(networks);
    assertEquals(first, free.getFirst().toString());
  }

  @Test
  void whenEverythingIsTakenNoneIsFree() {
    var free = Subnet.parse("10.244.0.0/16").free(List.of(Subnet.parse("10.0.0.0/8")));
    assertEquals(List.of(), free);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.244.0.0", "10.244.0.0/40", "fd00::/8", "a.b.c.d/16", "300.1.1.0/24"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Subnet.parse(text));
  }
}
