package io.jkube.apiserver.fairness;

import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.storage.WatchCaches;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Tells what a request will cost before it runs, by upstream's rules: a list, and a watch that
 * begins with one, by the bytes at hand; a write by how many watches it concerns. Thread-safe.
 */
final class WorkEstimator {
  private static final int MOST_SEATS_OF_A_LIST = 100;
  private static final int MOST_SEATS_OF_A_WRITE = 10;
  private static final int BYTES_PER_SEAT = 100_000;

  /** A list goes out as it is read, and is never in memory as a whole. */
  private static final int MOST_BYTES_AT_ONCE = 1_000_000;

  private static final int WATCHES_PER_SEAT = 10;
  private static final Duration LINGERING_PER_SEAT = Duration.ofMillis(5);
  private static final Pattern ONE_NAME = Pattern.compile("(^|,)metadata\\.name==?[^,]");

  private final WatchCaches caches;

  WorkEstimator(WatchCaches caches) {
    this.caches = caches;
  }

  /**
   * @param widest how many seats the level lets one request take; 0 where it does not say
   */
  Work of(ApiRequest request, RequestInfo info, int widest, FlowTally tally) {
    if (!info.resourceRequest()) {
      return Work.ONE_SEAT;
    }
    return switch (info.verb()) {
      case "list" -> list(request, info, widest);
      case "watch" -> sendsState(request) ? list(request, info, widest) : Work.ONE_SEAT;
      case "create", "update", "patch", "delete" -> write(info, widest, tally);
      case String other -> Work.ONE_SEAT;
    };
  }

  private Work list(ApiRequest request, RequestInfo info, int widest) {
    if (!info.name().isEmpty() || ONE_NAME.matcher(request.parameter("fieldSelector")).find()) {
      return Work.ONE_SEAT;
    }
    var volume = caches.volume(info.resource());
    if (volume.objects() == 0) {
      return Work.ONE_SEAT;
    }
    long objects = Math.min(limit(request), volume.objects());
    long bytes = Math.min(volume.bytes() / volume.objects() * objects, MOST_BYTES_AT_ONCE);
    long seats = Math.ceilDiv(bytes, BYTES_PER_SEAT);
    return Work.of((int) Math.clamp(seats, 1, most(MOST_SEATS_OF_A_LIST, widest)));
  }

  /** Of what is not a number it is refused elsewhere. */
  private static long limit(ApiRequest request) {
    var text = request.parameter("limit");
    boolean given = text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0;
    return given ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  private static boolean sendsState(ApiRequest request) {
    var version = request.parameter("resourceVersion");
    return version.isEmpty() || version.equals("0") || request.flag("sendInitialEvents");
  }

  private Work write(RequestInfo info, int widest, FlowTally tally) {
    if (info.resource().resource().equals("serviceaccounts")
        && info.subresource().equals("token")) {
      return Work.ONE_SEAT; // changes nothing that is watched
    }
    int watches = caches.watchesOf(info.resource(), info.key());
    tally.watchesOfAWrite(watches);
    if (watches < WATCHES_PER_SEAT) {
      return Work.ONE_SEAT;
    }
    int wanted = Math.ceilDiv(watches, WATCHES_PER_SEAT);
    int seats = Math.min(wanted, most(MOST_SEATS_OF_A_WRITE, widest));
    return new Work(seats, LINGERING_PER_SEAT.multipliedBy(wanted).dividedBy(seats));
  }

  private static int most(int most, int widest) {
    return widest == 0 ? most : Math.min(most, widest);
  }
}
