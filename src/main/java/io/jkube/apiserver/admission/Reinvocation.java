package io.jkube.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Who, of those that change an object one after the other, is to be asked a second time: who wishes
 * so and was asked before the object changed for the last time. One thread's.
 *
 * @param <T> equal for the same one in both rounds
 */
public final class Reinvocation<T> {
  /** Asked since the object last changed, and to be asked again if it does. */
  private final Set<T> asked = new HashSet<>();

  /** To be asked in the second round. */
  private final Set<T> again = new HashSet<>();

  /** The object when the first round was over; null where nobody wishes to be asked again. */
  private ObjectNode left;

  public void begin(int round, ObjectNode object) {
    if (round > 0 && left != null && !left.equals(object)) {
      changed();
    }
  }

  public boolean isDue(int round, T who) {
    return round == 0 || again.contains(who);
  }

  /** The object changed. */
  public void changed() {
    again.addAll(asked);
    asked.clear();
  }

  /** It was asked, and wishes to be asked again. */
  public void wishes(T who) {
    asked.add(who);
  }

  public void end(int round, ObjectNode object) {
    if (round == 0 && !asked.isEmpty()) {
      left = object == null ? null : object.deepCopy();
    }
  }
}
