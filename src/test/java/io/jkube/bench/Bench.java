package io.jkube.bench;

import io.jkube.api.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program: measures what the words ask for, or everything, and prints the report. */
final class Bench {
  private static final int USAGE = 2;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Bench() {}

  /** Every figure, in the order of the report. */
  private static List<Figure> figures(int churnMinutes) {
    return List.of(
        new Start(),
        new GetPods(),
        new Pods(),
        new Deletions(),
        new IdleMemory(),
        new IdleProcessor(),
        new Creates(),
        new Reads(),
        new ManyObjects(),
        new Watchers(),
        new Scale(),
        new Services(),
        new Churn(churnMinutes));
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(new Bench().run(List.of(arguments)));
  }

  private int run(List<String> words) throws Exception {
    var left = new ArrayList<>(words);
    if (left.contains("--help") || left.contains("-h")) {
      help(out);
      return 0;
    }
    boolean json = takeOutput(left);
    var figures = figures(takeMinutes(left));
    var wanted =
        left.isEmpty() ? figures : figures.stream().filter(f -> left.contains(f.word())).toList();
    left.removeIf(word -> figures.stream().anyMatch(figure -> figure.word().equals(word)));
    if (!left.isEmpty()) {
      err.println("error: unknown: " + String.join(" ", left));
      help(err);
      return USAGE;
    }
    var machine = Machine.now();
    var findings = measure(wanted);
    out.print(json ? jsonText(machine, findings) : Report.text(machine, findings));
    boolean failed =
        findings.stream().anyMatch(f -> f instanceof Finding.LeftOut out && out.failed());
    return failed ? 1 : 0;
  }

  private List<Finding> measure(List<Figure> figures) throws Exception {
    var home = Path.of(System.getProperty("jkube.home"));
    var findings = new ArrayList<Finding>();
    try (var lab = Lab.open(home, err)) {
      // Ctrl-C: the clusters go too.
      var interrupted = new Thread(lab::closeQuietly);
      Runtime.getRuntime().addShutdownHook(interrupted);
      for (var figure : figures) {
        lab.say(figure.title());
        findings.addAll(measure(figure, lab));
      }
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    return findings;
  }

  private static List<Finding> measure(Figure figure, Lab lab) throws InterruptedException {
    try {
      return figure.measure(lab);
    } catch (Unmeasurable missing) {
      return List.of(new Finding.LeftOut(figure.title(), missing.getMessage(), false));
    } catch (InterruptedException stop) {
      throw stop;
    } catch (Exception failure) {
      return List.of(new Finding.LeftOut(figure.title(), failure.toString(), true));
    }
  }

  /** Leaves what is no number of minutes to be complained of. */
  private static int takeMinutes(List<String> words) {
    for (var word : words) {
      if (word.matches("--minutes=[1-9][0-9]{0,3}")) {
        words.remove(word);
        return Integer.parseInt(word.substring(word.indexOf('=') + 1));
      }
    }
    return Churn.DEFAULT_MINUTES;
  }

  private static boolean takeOutput(List<String> words) {
    int flag = Math.max(words.indexOf("--output"), words.indexOf("-o"));
    boolean split = flag >= 0 && flag + 1 < words.size() && words.get(flag + 1).equals("json");
    if (split) {
      words.remove(flag + 1);
      words.remove(flag);
    }
    return words.remove("--output=json") || split;
  }

  private static String jsonText(Machine machine, List<Finding> findings) {
    var report = Json.object();
    report.set("machine", machine.json());
    var figures = report.putArray("figures");
    findings.forEach(finding -> figures.add(finding.json()));
    return report.toPrettyString() + "\n";
  }

  private static void help(PrintStream to) {
    to.println("Usage: bin/bench [FIGURE...] [--output json] [--minutes=N]");
    to.println("Measures figures beside their floor or peer, in clusters of its own.");
    to.println();
    for (var figure : figures(Churn.DEFAULT_MINUTES)) {
      to.printf("  %-10s %s%n", figure.word(), figure.title());
    }
    to.println();
    to.printf("--minutes: how long churn goes on, %d by default%n", Churn.DEFAULT_MINUTES);
    to.println("Exit codes: 0 measured (targets met or not), 1 something failed, 2 usage.");
  }
}
