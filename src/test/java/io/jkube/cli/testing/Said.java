package io.jkube.cli.testing;

import java.util.regex.Pattern;

/** What a program said and how it ended. */
public record Said(String stdout, String stderr, int exitCode) {
  private static final Pattern AGE =
      Pattern.compile("(?<![\\w.-])(?:\\d+[ydhms]){1,2}(?![\\w.]) *");
  private static final Pattern AGE_HEADER = Pattern.compile("\\b(AGE|LAST SEEN) +");
  private static final Pattern EVENT_AGE = Pattern.compile("\\bAge  +From");

  /** kubectl dumps the whole object, as Go sees it, where a template does not fit it: on stdout. */
  private static final Pattern DUMP =
      Pattern.compile(
          "Error executing template: template: [^\n]*Printing more information.*", Pattern.DOTALL);

  /** And where a JSONPath does not fit it: on stderr. */
  private static final Pattern DUMP_BEHIND_ERROR =
      Pattern.compile(
          "\\. Printing more information for debugging the template:.*", Pattern.DOTALL);

  /** Where in a template: jkube says what is wrong with it, not at which of its letters. */
  private static final Pattern PLACE =
      Pattern.compile("template: output:\\d+:\\d+: executing \"output\" at <[^\n]*?>: ");

  private static final String EXPLAIN =
      "Use \"jkube explain <resource>\" for a detailed description of that resource"
          + " (e.g. jkube explain pods).\n";

  private static final Pattern DASHES = Pattern.compile("  ---- +----(?= )");

  /** Without ages, and with one name for both programs. */
  public Said normal() {
    return new Said(normal(stdout), normal(stderr), exitCode);
  }

  private static String normal(String text) {
    var same = DUMP.matcher(text.replace("kubectl", "jkube")).replaceAll("");
    same = DUMP_BEHIND_ERROR.matcher(same).replaceAll("\n");
    same = same.replace(EXPLAIN, "");
    same = PLACE.matcher(same).replaceAll("template: output: ");
    same = AGE.matcher(same).replaceAll("<age> ");
    same = same.replaceAll("\\(x\\d+ over <age> \\) +", "");
    same = AGE_HEADER.matcher(same).replaceAll("$1 ");
    same = EVENT_AGE.matcher(same).replaceAll("Age From");
    return DASHES.matcher(same).replaceAll("  ---- ----");
  }

  /** Also without what differs from object to object. */
  public Said ofAnyObject(String namespace) {
    return new Said(anonymous(stdout, namespace), anonymous(stderr, namespace), exitCode).normal();
  }

  /** Also without what differs from machine to machine, and from build to build. */
  public Said ofAnyMachine() {
    return new Said(machineless(stdout), machineless(stderr), exitCode);
  }

  private static String machineless(String text) {
    var same =
        anonymous(text, "<namespace>")
            .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:<port>")
            .replaceAll("(fake://)[0-9a-f]{64}", "$1<container>")
            .replaceAll("(Resource Version: +)\\d+", "$1<revision>")
            .replaceAll("kube-api-access-\\w{5}", "kube-api-access-<random>")
            .replaceAll("\\w{3}, \\d\\d \\w{3} \\d{4} [0-9:]{8} \\+0000 *", "<time> ")
            .replaceAll("(v1\\.35\\.0\\+jkube)\\.[\\w.-]+", "$1.<version>")
            .replaceAll("((cpu|memory|ephemeral-storage): +)\\d\\w*(?=\\n)", "$1<amount>")
            .replaceAll("\\(\\d+%\\) *", "(<share>) ")
            .replaceAll("in \\d+m?s \\(\\d+m?s", "in <age> (<age>")
            .replaceAll(
                "((Machine ID|System UUID|Boot ID|Kernel Version|OS Image): +).*", "$1<machine>");
    return AGE.matcher(same).replaceAll("<age> ");
  }

  private static String anonymous(String text, String namespace) {
    return text.replace(namespace, "<namespace>")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uid>")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
        .replaceAll("(resourceVersion\"?: \")\\d+", "$1<revision>")
        .replaceAll("\\b10\\.\\d+\\.\\d+\\.\\d+ *", "<address> ")
        .replaceAll("CLUSTER-IP +", "CLUSTER-IP ");
  }

  @Override
  public String toString() {
    return "stdout:\n%sstderr:\n%sexit code: %d\n".formatted(stdout, stderr, exitCode);
  }
}
