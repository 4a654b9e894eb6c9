package io.jkube.apiserver.health;

import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Answers whether the server lives and is ready, in upstream's format. */
public final class Health {
  private final Map<String, BooleanSupplier> live;
  private final Map<String, BooleanSupplier> ready;

  /**
   * @param live the checks of every endpoint, by name
   * @param further the checks of {@code /readyz} only
   */
  public Health(Map<String, BooleanSupplier> live, Map<String, BooleanSupplier> further) {
    this.live = new LinkedHashMap<>(live);
    this.ready = new LinkedHashMap<>(live);
    this.ready.putAll(further);
  }

  public Optional<Reply> answer(ApiRequest request) {
    var parts = request.path().split("/", 3);
    if (parts.length < 2) {
      return Optional.empty();
    }
    var endpoint = parts[1];
    var checks =
        switch (endpoint) {
          case "livez", "healthz" -> live;
          case "readyz" -> ready;
          default -> null;
        };
    if (checks == null) {
      return Optional.empty();
    }
    if (parts.length == 3 && !parts[2].isEmpty()) {
      return Optional.ofNullable(checks.get(parts[2])).map(check -> one(parts[2], check));
    }
    return Optional.of(all(endpoint, checks, request));
  }

  private static Reply one(String name, BooleanSupplier check) {
    return passes(check)
        ? Reply.text("ok")
        : text(500, "internal server error: " + name + " failed: reason withheld\n");
  }

  private static Reply all(
      String endpoint, Map<String, BooleanSupplier> checks, ApiRequest request) {
    var excluded = request.query().getOrDefault("exclude", List.of());
    var report = new StringBuilder();
    boolean passed = true;
    for (var check : checks.entrySet()) {
      if (excluded.contains(check.getKey())) {
        report.append("[+]").append(check.getKey()).append(" excluded: ok\n");
      } else if (passes(check.getValue())) {
        report.append("[+]").append(check.getKey()).append(" ok\n");
      } else {
        passed = false;
        report.append("[-]").append(check.getKey()).append(" failed: reason withheld\n");
      }
    }
    report.append(endpoint).append(passed ? " check passed\n" : " check failed\n");
    if (!passed) {
      return text(500, report.toString());
    }
    return request.has("verbose") ? text(200, report.toString()) : Reply.text("ok");
  }

  private static boolean passes(BooleanSupplier check) {
    try {
      return check.getAsBoolean();
    } catch (RuntimeException failed) {
      return false;
    }
  }

  private static Reply text(int code, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Reply.Text(code, "text/plain; charset=utf-8", bytes, null);
  }
}
