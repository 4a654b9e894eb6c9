package io.jkube.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * What to close when the user interrupts: a thread that reads a stream does not notice that it was
 * interrupted. Thread-safe.
 */
public final class Interruption {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean raised;

  /**
   * Runs the action when the user interrupts, or at once if that has happened. Actions must not
   * block.
   *
   * @return closing it takes the action back
   */
  public Registration onInterrupt(Runnable action) {
    synchronized (actions) {
      if (!raised) {
        actions.add(action);
        return () -> {
          synchronized (actions) {
            actions.remove(action);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /** The user interrupted; the second time does nothing. */
  public void raise() {
    List<Runnable> due;
    synchronized (actions) {
      raised = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  public boolean raised() {
    synchronized (actions) {
      return raised;
    }
  }

  /** An action that waits for an interruption. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
