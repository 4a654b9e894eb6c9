package io.jkube.cluster;

import io.jkube.api.ApiException;
import io.jkube.apiserver.stream.RemoteProcess;
import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.OutputStream;
import java.util.function.Supplier;

/** A kubelet's process in the words of the server. */
record ProcessOfKubelet(ProcessStream process) implements RemoteProcess {
  @Override
  public OutputStream stdin() {
    return process.stdin();
  }

  @Override
  public Output next() {
    var output = asked(process::next);
    return output == null ? null : new Output(output.stderr(), output.bytes());
  }

  @Override
  public void resize(int columns, int rows) {
    asked(
        () -> {
          process.resize(columns, rows);
          return null;
        });
  }

  @Override
  public int awaitExit() {
    return asked(process::awaitExit);
  }

  @Override
  public void close() {
    process.close();
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeFailure failure) {
      throw ApiException.internal(failure.getMessage());
    }
  }
}
