package io.jkube.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Function;

/** Reads the files that settings name, and says which one is wrong. */
record ServerFiles(StartSettings settings) {
  /**
   * What the file says, or what stands for none.
   *
   * @param parse fails with IllegalArgumentException, or ApiException for what is no YAML
   * @throws StartupFailure the file cannot be read, or is wrong
   */
  <T> T read(String key, Function<String, T> parse, T none) throws StartupFailure {
    var file = settings.file(key);
    if (file.isEmpty()) {
      return none;
    }
    try {
      return parse.apply(Files.readString(file.get()));
    } catch (IOException unreadable) {
      throw failure(key, "cannot be read", unreadable);
    } catch (IllegalArgumentException | io.jkube.api.ApiException wrong) {
      throw failure(key, wrong.getMessage(), wrong);
    }
  }

  private StartupFailure failure(String key, String why, Exception cause) {
    return new StartupFailure(
        StartupFailure.Kind.OTHER,
        "--" + key + " " + settings.file(key).orElseThrow() + ": " + why,
        cause);
  }
}
