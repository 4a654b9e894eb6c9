package io.jkube.apiserver.admission.webhook;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.admission.match.Conditions;
import io.jkube.apiserver.admission.match.MatchResources;
import io.jkube.apiserver.webhook.ClientConfig;
import io.jkube.registry.admissionregistration.AdmissionExpressions;
import java.time.Duration;
import java.util.List;

/**
 * One webhook of a configuration.
 *
 * @param configuration the configuration's name
 * @param failOpen whether a write goes on when the webhook cannot be asked
 * @param dryRun whether it may be asked about a write that will not take place
 * @param reinvoked whether it wants to be asked again when others change the object after it
 * @param reviewVersion of the AdmissionReview: {@code v1} or {@code v1beta1}
 */
record Webhook(
    String configuration,
    String name,
    MatchResources match,
    Conditions conditions,
    boolean failOpen,
    boolean dryRun,
    boolean reinvoked,
    Duration timeout,
    String reviewVersion,
    ClientConfig client) {
  private static final int DEFAULT_TIMEOUT_SECONDS = 10;
  private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");

  static Webhook of(String configuration, ObjectNode hook) {
    var effects = text(hook, "/sideEffects");
    return new Webhook(
        configuration,
        text(hook, "/name"),
        MatchResources.of(hook, "/rules"),
        Conditions.of(
            hook, AdmissionExpressions::condition, text(hook, "/failurePolicy").equals("Ignore")),
        text(hook, "/failurePolicy").equals("Ignore"),
        effects.equals("None") || effects.equals("NoneOnDryRun"),
        text(hook, "/reinvocationPolicy").equals("IfNeeded"),
        Duration.ofSeconds(hook.path("timeoutSeconds").asInt(DEFAULT_TIMEOUT_SECONDS)),
        texts(hook, "/admissionReviewVersions").stream()
            .filter(REVIEW_VERSIONS::contains)
            .findFirst()
            .orElse("v1"),
        ClientConfig.of(hook.path("clientConfig")));
  }
}
