package io.jkube.registry.core;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.AddressRange;
import io.jkube.api.Resources;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Addresses that services may have. One that nobody asks for by name comes from the upper part, so
 * that asked-for ones (DNS, say) do not collide ("Service ClusterIP allocation").
 *
 * @param cidr as people write it
 */
record ServiceRange(String cidr, AddressRange addresses) {
  /** What a server has whose cluster says nothing. */
  private static final String DEFAULT = "10.96.0.0/16";

  private static final long LEAST_STATIC = 16;
  private static final long MOST_STATIC = 256;

  /** Those of the ServiceCIDRs that are ready and stay. */
  static List<ServiceRange> of(StoredObjects others) {
    var cidrs = others.list(Resources.SERVICE_CIDRS);
    var ranges = new ArrayList<ServiceRange>();
    for (var cidr : cidrs) {
      if (isReady(cidr)) {
        texts(cidr, "/spec/cidrs").forEach(text -> add(text, ranges));
      }
    }
    if (cidrs.isEmpty()) {
      add(DEFAULT, ranges);
    }
    return ranges;
  }

  private static void add(String cidr, List<ServiceRange> ranges) {
    AddressRange.parse(cidr).ifPresent(range -> ranges.add(new ServiceRange(cidr, range)));
  }

  private static boolean isReady(ObjectNode cidr) {
    return !Tree.has(cidr, "/metadata/deletionTimestamp")
        && Tree.objects(cidr, "/status/conditions").stream()
            .anyMatch(
                each ->
                    text(each, "/type").equals("Ready") && text(each, "/status").equals("True"));
  }

  /** Every address that a service can have, those to be tried first before the others. */
  Stream<String> candidates() {
    long first = addresses.first() + 1;
    long last = addresses.last() - 1;
    if (last < first) {
      return Stream.of();
    }
    long dynamic = Math.min(first + staticPart(), last);
    long start = ThreadLocalRandom.current().nextLong(dynamic, last + 1);
    var upper =
        LongStream.concat(
            LongStream.rangeClosed(start, last), LongStream.rangeClosed(dynamic, start - 1));
    return LongStream.concat(upper, LongStream.rangeClosed(first, dynamic - 1))
        .mapToObj(AddressRange::text);
  }

  /** Whether a service can have it: not the network's own address, nor that of all in it. */
  boolean has(String address) {
    return AddressRange.number(address)
        .filter(number -> addresses.first() < number && number < addresses.last())
        .isPresent();
  }

  private long staticPart() {
    long size = addresses.size();
    return size <= LEAST_STATIC
        ? 0
        : Math.clamp(size / LEAST_STATIC, LEAST_STATIC, MOST_STATIC) - 1;
  }
}
