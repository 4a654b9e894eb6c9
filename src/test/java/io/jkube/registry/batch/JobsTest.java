package io.jkube.registry.batch;

import static io.jkube.registry.KindRules.assertCreation;
import static io.jkube.registry.KindRules.assertUpdate;
import static io.jkube.registry.KindRules.created;
import static io.jkube.registry.KindRules.definition;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults, rules and rows of what ends. */
class JobsTest {
  private static final String POD = "containers: [{name: c, image: i}]";
  private static final String TEMPLATE = "template: {spec: {restartPolicy: Never, " + POD + "}}";

  private static String job(String spec) {
    return "{metadata: {name: x, uid: u}, spec: {"
        + spec.replace("$T", TEMPLATE).replace("$P", POD)
        + "}}";
  }

  @Test
  void aJobFindsItsPodsByLabelsOfItsOwn() {
    var job = created("Job", job("$T"));
    assertEquals(
        yaml("{matchLabels: {batch.kubernetes.io/controller-uid: u}}"), job.at("/spec/selector"));
    var labels =
        yaml(
            "{batch.kubernetes.io/job-name: x, job-name: x, batch.kubernetes.io/controller-uid: u,"
                + " controller-uid: u}");
    assertEquals(labels, job.at("/spec/template/metadata/labels"));
    assertEquals(labels, job.at("/metadata/labels"));
    assertEquals(1, job.at("/spec/completions").asInt());
    assertEquals(1, job.at("/spec/parallelism").asInt());
    assertEquals(6, job.at("/spec/backoffLimit").asInt());
    assertEquals("TerminatingOrFailed", job.at("/spec/podReplacementPolicy").asText());
    assertEquals(false, created("Job", job("parallelism: 2, $T")).at("/spec").has("completions"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "$T#",
        "template: {spec: {$P}}# spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"",
        "$T, completions: -1# spec.completions: Invalid value: -1: must be greater than or equal to 0",
        "$T, completionMode: Indexed, parallelism: 1# spec.completions: Required value: when completion mode is Indexed",
        "$T, backoffLimitPerIndex: 1# spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode",
        "$T, manualSelector: true# spec.selector: Required value;; spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
        "$T, manualSelector: true, selector: {matchLabels: {a: b}}# spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
        "template: {metadata: {labels: {controller-uid: v}}, spec: {restartPolicy: Never, $P}}# spec.template.labels[controller-uid]: Invalid value: {\"controller-uid\":\"v\",\"batch.kubernetes.io/job-name\":\"x\",\"job-name\":\"x\",\"batch.kubernetes.io/controller-uid\":\"u\"}: must be 'u'",
        "template: {spec: {restartPolicy: OnFailure, $P}}, podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: In, values: [1]}}]}# spec.template.spec.restartPolicy: Invalid value: \"OnFailure\": only \"Never\" is supported when podFailurePolicy is specified",
        "$T, managedBy: me# spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as \"acme.io/foo\")",
      })
  void rules(String spec, String expected) {
    assertCreation("Job", job(spec), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "$T# $T, completions: 1, parallelism: 3#",
        "$T# $T, completions: 3# spec.completions: Invalid value: 3: field is immutable",
        "$T, completionMode: Indexed, completions: 2# $T, completionMode: Indexed, completions: 3, parallelism: 3#",
        "$T, completionMode: Indexed, completions: 2# $T, completionMode: Indexed, completions: 3# spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism",
        "$T, suspend: true# suspend: true, template: {spec: {nodeSelector: {a: b}, restartPolicy: Never, $P}}#",
      })
  void whatNeverChanges(String current, String updated, String expected) {
    var before = created("Job", job(current));
    var spec = yaml(job(updated)).withObject("/spec");
    spec.set("selector", before.at("/spec/selector"));
    spec.withObject("/template/metadata")
        .set("labels", before.at("/spec/template/metadata/labels"));
    assertUpdate(
        "Job", job(current), "{metadata: {name: x, uid: u}, spec: " + spec + "}", expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "{}# Running | 0/1 | ",
        "{startTime: '2026-01-01T00:05:00Z', succeeded: 0}# Running | 0/1 | 5m",
        "{startTime: '2026-01-01T00:05:00Z', completionTime: '2026-01-01T00:05:09Z', succeeded: 1, conditions: [{type: Complete, status: 'True'}]}# Complete | 1/1 | 9s",
        "{conditions: [{type: FailureTarget, status: 'True'}, {type: Failed, status: 'True'}]}# Failed | 0/1 | ",
      })
  void rowsOfJobs(String status, String cells) {
    var job = created("Job", job("$T"));
    job.set("status", yaml(status));
    assertEquals(
        "x | "
            + (cells.endsWith("|") ? cells + " " : cells)
            + " | null | c | i | batch.kubernetes.io/controller-uid=u",
        row(definition("Job"), job));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "'*/5 * * * *'##",
        "'@hourly'##",
        "'@every 90s'##",
        "'x'## spec.schedule: Invalid value: \"x\": expected exactly 5 fields, found 1: [x]",
        "'61 * * * *'## spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61",
        "'TZ=UTC 0 * * * *'## spec.schedule: Invalid value: \"TZ=UTC 0 * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead",
        "'0 * * * *'# Europe/Berlin#",
        "'0 * * * *'# Etc/UTC#",
        "'0 * * * *'# local# spec.timeZone: Invalid value: \"local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones",
        "'0 * * * *'# Here/There# spec.timeZone: Invalid value: \"Here/There\": unknown time zone Here/There",
        "'0 * * * *'# +02:00# spec.timeZone: Invalid value: \"+02:00\": unknown time zone +02:00",
      })
  void schedules(String schedule, String zone, String expected) {
    var zoned = zone == null ? "" : ", timeZone: '" + zone + "'";
    assertCreation(
        "CronJob", job("schedule: " + schedule + zoned + ", jobTemplate: {spec: {$T}}"), expected);
  }

  @Test
  void rulesOfCronJobs() {
    assertCreation(
        "CronJob",
        job("schedule: '@daily', concurrencyPolicy: Odd, jobTemplate: {spec: {selector: {}, $T}}"),
        "spec.concurrencyPolicy: Unsupported value: \"Odd\": supported values: \"Allow\","
            + " \"Forbid\", \"Replace\";; spec.jobTemplate.spec.selector: Invalid value: {}:"
            + " `selector` will be auto-generated");
    var cronJob = created("CronJob", job("schedule: '@daily', jobTemplate: {spec: {$T}}"));
    cronJob.withObject("/status").put("lastScheduleTime", "2026-01-01T00:05:00Z");
    assertEquals(
        "x | @daily | <none> | False | 0 | 5m | null | c | i | <none>",
        row(definition("CronJob"), cronJob));
  }
}
