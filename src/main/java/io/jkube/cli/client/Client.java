package io.jkube.cli.client;

/** The program: one command line, asked of the server of the cluster it means. */
public final class Client {
  private static final int FAILED = 1;

  private Client() {}

  public static void main(String[] arguments) {
    Runtime.getRuntime().halt(run(arguments));
  }

  /**
   * @return the exit code
   */
  public static int run(String[] arguments) {
    var cluster = ClusterName.of(arguments, System.getenv());
    System.err.println("error: " + notRunning(cluster));
    return FAILED;
  }

  public static String notRunning(String cluster) {
    return "cluster \"" + cluster + "\" is not running; start it with: jkube start";
  }
}
