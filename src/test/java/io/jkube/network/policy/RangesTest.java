package io.jkube.network.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.AddressRange;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RangesTest {
  @Test
  void whatTouchesIsOne() {
    assertEquals(Ranges.of(80, 90), Ranges.of(80, 85).and(Ranges.of(86, 90)));
    assertEquals(Ranges.of(80, 90), Ranges.of(80, 90).and(Ranges.of(82, 83)));
    assertEquals(2, Ranges.of(443, 443).and(Ranges.of(80, 80)).list().size());
  }

  @Test
  void holesAreCutOut() {
    assertEquals(Ranges.of(1, 4).and(Ranges.of(7, 9)), Ranges.of(1, 9).without(Ranges.of(5, 6)));
    assertTrue(Ranges.of(5, 6).without(Ranges.of(1, 9)).isEmpty());
    assertEquals(Ranges.of(1, 4), Ranges.of(1, 4).without(Ranges.of(5, 9)));
  }

  @Test
  void blocksAreTheirAddressesWithoutTheExceptedOnes() {
    var block = block("{'cidr':'10.0.0.7/24','except':['10.0.0.0/25','10.0.0.255/32']}");
    assertEquals(1, block.list().size());
    assertEquals("10.0.0.128", AddressRange.text(block.list().getFirst().first()));
    assertEquals("10.0.0.254", AddressRange.text(block.list().getFirst().last()));
    assertEquals(Ranges.of(0, 0xFFFF_FFFFL), block("{'cidr':'0.0.0.0/0'}"));
    assertTrue(block("{'cidr':'2001:db8::/64'}").isEmpty());
  }

  private static Ranges block(String json) {
    return AddressBlock.of(Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
