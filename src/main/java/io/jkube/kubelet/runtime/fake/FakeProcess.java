package io.jkube.kubelet.runtime.fake;

import io.jkube.kubelet.runtime.ContainerRuntime.Output;
import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * A process in memory. It prints at once what its program prints; one that is an echo then answers
 * with its input, as {@code cat} does. Takes one piece of input at a time. Guarded by itself.
 */
final class FakeProcess implements ProcessStream {
  private final Queue<Output> output = new ArrayDeque<>();
  private final boolean echo;
  private final Program.Life life;
  private boolean inputEnded;
  private boolean closed;

  FakeProcess(boolean echo, Program.Life life) {
    this.echo = echo;
    this.life = life;
    for (var line : life.output()) {
      output.add(new Output(false, (line + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public OutputStream stdin() {
    return new Input();
  }

  @Override
  public synchronized Output next() {
    while (output.isEmpty() && !closed && !ended()) {
      awaitChange();
    }
    var next = output.poll();
    notifyAll();
    return next;
  }

  @Override
  public synchronized void resize(int columns, int rows) {
    output.add(
        new Output(false, (columns + "x" + rows + "\n").getBytes(StandardCharsets.US_ASCII)));
    notifyAll();
  }

  @Override
  public synchronized int awaitExit() {
    while (!ended()) {
      awaitChange();
    }
    return life.exitCode();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private boolean ended() {
    return echo ? inputEnded : life.endsAfter() != null;
  }

  private void awaitChange() {
    try {
      wait();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(RuntimeFailure.Kind.INTERRUPTED, "interrupted", interrupted);
    }
  }

  private synchronized void take(byte[] bytes) throws IOException {
    while (!output.isEmpty() && !closed && !inputEnded) {
      awaitChange();
    }
    if (closed || inputEnded) {
      throw new IOException("the input of the process is closed");
    }
    if (echo) {
      output.add(new Output(false, bytes));
      notifyAll();
    }
  }

  private synchronized void endInput() {
    inputEnded = true;
    notifyAll();
  }

  private final class Input extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      take(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      take(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void close() {
      endInput();
    }
  }
}
