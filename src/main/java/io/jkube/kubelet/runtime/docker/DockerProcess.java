package io.jkube.kubelet.runtime.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.jkube.kubelet.runtime.ContainerRuntime.Output;
import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** A process whose streams are one hijacked connection. */
final class DockerProcess implements ProcessStream {
  private final Response response;
  private final StdinPipe input;
  private final Frames frames;
  private final Consumer<String> resize;
  private final IntSupplier exit;
  private volatile boolean closed;

  DockerProcess(
      Response response, StdinPipe input, boolean tty, Consumer<String> resize, IntSupplier exit) {
    this.response = response;
    this.input = input;
    this.frames = new Frames(response.getBody(), tty);
    this.resize = resize;
    this.exit = exit;
  }

  @Override
  public OutputStream stdin() {
    return input.writing();
  }

  @Override
  public Output next() {
    try {
      var bytes = frames.next();
      return bytes == null ? null : new Output(frames.stream() == Frames.STDERR, bytes);
    } catch (IOException lost) {
      if (closed && !Thread.currentThread().isInterrupted()) {
        return null;
      }
      throw EngineFailures.lost(lost);
    }
  }

  @Override
  public void resize(int columns, int rows) {
    resize.accept("h=" + rows + "&w=" + columns);
  }

  @Override
  public int awaitExit() {
    return exit.getAsInt();
  }

  @Override
  public void close() {
    closed = true;
    input.end();
    response.close();
  }
}
