package io.jkube.cli.client;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ByteChannel;

/** Reads stdin for the command: a piece each time it is asked, never ahead. */
final class StandardInput extends Thread {
  private static final int PIECE_BYTES = 32 * 1024;

  private final ByteChannel server;
  private int wanted;

  StandardInput(ByteChannel server) {
    this.server = server;
    setDaemon(true);
  }

  /** The command waits for a piece. */
  synchronized void want() {
    if (wanted++ == 0 && getState() == State.NEW) {
      start();
    }
    notifyAll();
  }

  private synchronized void awaitWant() throws InterruptedException {
    while (wanted == 0) {
      wait();
    }
    wanted--;
  }

  @Override
  public void run() {
    var piece = new byte[PIECE_BYTES];
    try (var in = new FileInputStream(FileDescriptor.in)) {
      while (true) {
        awaitWant();
        int length = Math.max(0, in.read(piece));
        Frame.send(server, Frame.INPUT, piece, 0, length);
      }
    } catch (IOException | InterruptedException ended) {
      // The server is gone or stdin is closed: the thread that reads the server's frames says so.
      return;
    }
  }
}
