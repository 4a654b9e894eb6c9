package io.jkube.cli.lifecycle;

import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cluster.StartupFailure;

/** Which exit code a failure of the cluster is told with. */
final class Failures {
  private Failures() {}

  static CommandFailure of(StartupFailure failure) {
    return switch (failure.kind()) {
      case NO_ENGINE -> new CommandFailure(ExitCode.NO_ENGINE, failure.getMessage());
      case RUNS_ALREADY, NOT_READY, OTHER -> new CommandFailure(failure.getMessage());
    };
  }
}
