package io.jkube.kubelet.runtime.fake;

import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a container does once started, told by its command line. */
@FunctionalInterface
public interface Program {
  Life of(ContainerSpec spec);

  /**
   * The life of one container.
   *
   * @param output what it prints at once, line by line
   * @param endsAfter null when it runs until it is stopped
   * @param exitCode with which it ends by itself
   */
  record Life(List<String> output, Duration endsAfter, int exitCode) {
    public static final Life UNTIL_STOPPED = new Life(List.of(), null, 0);

    public Life {
      output = List.copyOf(output);
    }

    public static Life exits(int exitCode) {
      return new Life(List.of(), Duration.ZERO, exitCode);
    }
  }

  /**
   * Knows {@code true}, {@code false}, {@code sleep SECONDS}, {@code echo WORDS} and {@code exit
   * CODE}, alone or behind {@code sh -c}; everything else runs until it is stopped.
   */
  Program SHELL_WORDS =
      spec -> {
        var words = new ArrayList<String>(spec.command());
        words.addAll(spec.arguments());
        return words.isEmpty() ? Life.UNTIL_STOPPED : life(words);
      };

  /** The life of what these words start. */
  static Life life(List<String> command) {
    var words = command;
    if (words.size() == 3 && words.get(0).endsWith("sh") && words.get(1).equals("-c")) {
      words = List.of(words.get(2).trim().split("\\s+"));
    }
    var rest = words.subList(1, words.size());
    var number = rest.size() == 1 && rest.get(0).matches("\\d{1,6}") ? rest.get(0) : null;
    return switch (words.get(0)) {
      case "true" -> Life.exits(0);
      case "false" -> Life.exits(1);
      case "echo" -> new Life(List.of(String.join(" ", rest)), Duration.ZERO, 0);
      case String w when w.equals("exit") && number != null -> Life.exits(Integer.parseInt(number));
      case String w when w.equals("sleep") && number != null ->
          new Life(List.of(), Duration.ofSeconds(Long.parseLong(number)), 0);
      default -> Life.UNTIL_STOPPED;
    };
  }
}
