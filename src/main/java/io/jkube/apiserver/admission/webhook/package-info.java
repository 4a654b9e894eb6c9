/**
 * Mutating and validating admission webhooks ("Dynamic Admission Control" in the documentation of
 * Kubernetes): who is asked about a write, in which order, and what their answers come to.
 *
 * <p>Vocabulary: a {@link io.jkube.apiserver.admission.webhook.Webhook} is one of a
 * configuration's, read once and kept until the configurations change; an {@link
 * io.jkube.apiserver.admission.webhook.Invocation} is a webhook that a request concerns, with the
 * version of the object that it wants to see; an AdmissionReview is what goes over the wire.
 *
 * <p>Threads: mutating webhooks are asked on the request's thread, one after the other; validating
 * ones side by side on virtual threads that end with the request.
 */
package io.jkube.apiserver.admission.webhook;
