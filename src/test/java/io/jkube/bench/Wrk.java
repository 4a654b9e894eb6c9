package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Load over TLS on connections that are kept, by the program of that name. */
final class Wrk {
  private static final int THREADS = 2;
  private static final double MICROS = 1_000;
  private static final double MILLION = 1e6;

  /** What the script prints when it is done; everything in microseconds. */
  private static final String DONE =
      """
      done = function(summary, latency, requests)
        local errors = summary.errors
        io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
          latency:percentile(50), latency:percentile(99),
          errors.connect + errors.read + errors.write + errors.status + errors.timeout))
      end
      """;

  private final Path program;
  private final Lab lab;

  private Wrk(Path program, Lab lab) {
    this.program = program;
    this.lab = lab;
  }

  static Wrk find(Lab lab) throws Unmeasurable {
    return new Wrk(Program.find("wrk", "Debian, Ubuntu: apt-get install wrk"), lab);
  }

  /**
   * What a run found.
   *
   * @param perSecond requests answered well
   * @param medianMillis half of the answers took no longer
   * @param p99Millis 99 of 100 took no longer
   */
  record Load(double perSecond, double medianMillis, double p99Millis) {}

  /**
   * Sends GET requests.
   *
   * @param token of the administrator; it goes by a file, not by the command line
   */
  Load get(String url, String token, int connections, int seconds) throws IOException {
    return run(url, authorization(token), connections, seconds);
  }

  /** Creates one object after the other: each {@code NAME} in the body is a new name. */
  Load create(String url, String token, String body, int connections, int seconds)
      throws IOException {
    var script =
        authorization(token)
            + """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            local threads = 0
            function setup(thread)
              thread:set("id", threads)
              threads = threads + 1
            end
            local body = [[%s]]
            local run = "%s"
            local number = 0
            function request()
              number = number + 1
              local name = "o" .. run .. "-" .. id .. "-" .. number
              return wrk.format(nil, nil, nil, (body:gsub("NAME", name, 1)))
            end
            """
                .formatted(body, Long.toString(System.nanoTime(), Character.MAX_RADIX));
    return run(url, script, connections, seconds);
  }

  private static String authorization(String token) {
    return "wrk.headers[\"Authorization\"] = \"Bearer " + token + "\"\n";
  }

  private Load run(String url, String script, int connections, int seconds) throws IOException {
    var file = lab.folder().resolve("load.lua");
    Files.writeString(file, script + DONE);
    var ended =
        lab.program()
            .run(
                List.of(
                    program.toString(),
                    "-t" + Math.min(THREADS, connections),
                    "-c" + connections,
                    "-d" + seconds + "s",
                    "--timeout",
                    "10s",
                    "-s",
                    file.toString(),
                    url))
            .expectSuccess();
    return load(ended.out());
  }

  private static Load load(String output) throws IOException {
    for (var line : output.lines().toList()) {
      if (line.startsWith("RESULT ")) {
        var numbers = line.split(" ");
        if (Long.parseLong(numbers[5]) != 0) {
          throw new IOException("wrk had failures: " + output);
        }
        double seconds = Long.parseLong(numbers[2]) / MILLION;
        return new Load(
            Long.parseLong(numbers[1]) / seconds,
            Long.parseLong(numbers[3]) / MICROS,
            Long.parseLong(numbers[4]) / MICROS);
      }
    }
    throw new IOException("wrk gave no result: " + output);
  }
}
