package io.jkube.apiserver.negotiate.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the fields of every built-in message, from the resource {@code
 * protobuf/numbers.txt}, which tells its grammar.
 */
final class FieldNumbers {
  private static final String RESOURCE = "/protobuf/numbers.txt";

  /**
   * One field.
   *
   * @param name as in JSON; for an inline message that message's full name
   * @param inline whether JSON has the fields of this one among its neighbours
   * @param zeroIsAbsent whether the zero value is not to be told from no value
   */
  record Entry(String name, int number, boolean inline, boolean zeroIsAbsent) {}

  private final Map<String, List<Entry>> byMessage = new HashMap<>();

  private FieldNumbers() {}

  /** Reads the resource: some milliseconds. */
  static FieldNumbers load() {
    try (InputStream stream = FieldNumbers.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      var numbers = new FieldNumbers();
      numbers.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      return numbers;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE, unreadable);
    }
  }

  /** The fields of a message by its full name, or null when there is no such message. */
  List<Entry> of(String message) {
    return byMessage.get(message);
  }

  private void read(String text) {
    var prefix = "";
    for (var line : text.lines().toList()) {
      var words = line.split(" ");
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (words[0].equals("package")) {
        prefix = words[1] + ".";
        continue;
      }
      var entries = new ArrayList<Entry>(words.length - 1);
      for (int i = 1; i < words.length; i++) {
        entries.add(entry(prefix, words[i]));
      }
      byMessage.put(prefix + words[0], List.copyOf(entries));
    }
  }

  private static Entry entry(String prefix, String word) {
    int equals = word.indexOf('=');
    boolean inline = word.startsWith("^");
    boolean zeroIsAbsent = word.endsWith("?");
    var name = inline ? prefix + word.substring(1, equals) : word.substring(0, equals);
    var number = word.substring(equals + 1, word.length() - (zeroIsAbsent ? 1 : 0));
    return new Entry(name, Integer.parseInt(number), inline, zeroIsAbsent);
  }
}
