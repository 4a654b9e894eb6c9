package io.jkube.cli.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cluster.StartupListener;
import io.jkube.cluster.folder.ServerRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Tells a person, a log or a script how a cluster comes up. */
interface Progress extends StartupListener {
  /** The cluster is up. */
  void ready(String cluster, ServerRecord server, Duration took);

  /** Nothing was to be done: it runs. */
  void already(String cluster, ServerRecord server);

  /** It does not come up. */
  void failed(String why);

  /** {@code 0.87 s} from a second on, {@code 12 ms} below. */
  static String text(Duration duration) {
    return duration.toMillis() < 1000
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }

  /** What a person is told when there is nothing to do. */
  static String alreadyText(String cluster, ServerRecord server) {
    return "Cluster \"" + cluster + "\" runs already: " + server.url();
  }

  /** What a person is told at the end. */
  static String readyText(String cluster, ServerRecord server, Duration took) {
    return "Cluster \"%s\" is ready in %s: %s, %d %s, kubectl context \"%s\""
        .formatted(
            cluster,
            text(took),
            server.url(),
            server.nodes(),
            server.nodes() == 1 ? "node" : "nodes",
            cluster);
  }

  /** A line for each step that is done. */
  record Lines(PrintStream out) implements Progress {
    private static final String LINE = "%-30s %8s%n";

    @Override
    public void begun(String step) {}

    @Override
    public void done(String step, Duration took) {
      out.printf(Locale.ROOT, LINE, step, text(took));
      out.flush();
    }

    @Override
    public void told(String step, String text) {
      out.println(text);
      out.flush();
    }

    @Override
    public void ready(String cluster, ServerRecord server, Duration took) {
      out.println(readyText(cluster, server, took));
      out.flush();
    }

    @Override
    public void already(String cluster, ServerRecord server) {
      out.println(alreadyText(cluster, server));
      out.flush();
    }

    @Override
    public void failed(String why) {
      out.println("error: " + why);
      out.flush();
    }
  }

  /** One line on a terminal that says what is under way; only what is worth keeping stays. */
  final class OneLine implements Progress {
    private static final String CLEAR = "\r\u001b[K";
    private final PrintStream out;
    private final Set<String> underWay = new LinkedHashSet<>();

    OneLine(PrintStream out) {
      this.out = out;
    }

    @Override
    public void begun(String step) {
      underWay.add(step);
      show();
    }

    @Override
    public void done(String step, Duration took) {
      underWay.remove(step);
      show();
    }

    @Override
    public void told(String step, String text) {
      out.println(CLEAR + text);
      show();
    }

    @Override
    public void ready(String cluster, ServerRecord server, Duration took) {
      out.println(CLEAR + readyText(cluster, server, took));
      out.flush();
    }

    @Override
    public void already(String cluster, ServerRecord server) {
      out.println(alreadyText(cluster, server));
      out.flush();
    }

    @Override
    public void failed(String why) {
      out.println((underWay.isEmpty() ? "" : CLEAR) + "error: " + why);
      out.flush();
    }

    private void show() {
      out.print(CLEAR + String.join(", ", underWay));
      out.flush();
    }
  }

  /** A JSON object a line, for scripts; an error is told on stderr too. */
  record JsonLines(PrintStream out, PrintStream err) implements Progress {
    @Override
    public void begun(String step) {
      line("begun", step, null, null);
    }

    @Override
    public void done(String step, Duration took) {
      line("done", step, took, null);
    }

    @Override
    public void told(String step, String text) {
      line("told", step, null, text);
    }

    @Override
    public void ready(String cluster, ServerRecord server, Duration took) {
      line(about("ready", cluster, server).put("millis", took.toMillis()));
    }

    @Override
    public void already(String cluster, ServerRecord server) {
      line(about("running", cluster, server));
    }

    @Override
    public void failed(String why) {
      line(Json.object().put("event", "failed").put("text", why));
      err.println("error: " + why);
      err.flush();
    }

    private static ObjectNode about(String event, String cluster, ServerRecord server) {
      var node = Json.object().put("event", event).put("cluster", cluster);
      node.put("server", server.url()).put("nodes", server.nodes());
      return node.put("pid", server.pid());
    }

    private void line(String event, String step, Duration took, String text) {
      var node = Json.object().put("event", event).put("step", step);
      if (took != null) {
        node.put("millis", took.toMillis());
      }
      if (text != null) {
        node.put("text", text);
      }
      line(node);
    }

    private void line(ObjectNode node) {
      out.println(node);
      out.flush();
    }
  }
}
