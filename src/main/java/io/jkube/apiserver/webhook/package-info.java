/**
 * Asks webhooks: programs behind HTTPS that take part in what the server decides (admission,
 * conversion of custom resources). {@link io.jkube.apiserver.webhook.WebhookClient} posts a
 * document and brings the answer; what the document says is its caller's.
 *
 * <p>A {@link io.jkube.apiserver.webhook.ClientConfig} names the webhook by URL or by Service. A
 * Service is reached through its ready endpoints, with the name {@code <service>.<namespace>.svc}
 * in TLS.
 *
 * <p>Threads: the JDK's HTTP client has a selector thread of its own for each pair of authorities
 * and server name, made at the first call. Callers wait on theirs. Thread-safe.
 */
package io.jkube.apiserver.webhook;
