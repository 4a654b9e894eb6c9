package io.jkube.apiserver.admission.webhook;

import io.jkube.registry.ResourceDefinition;

/**
 * A webhook that a request concerns.
 *
 * @param seenAs the version of the resource that the webhook's rules name
 */
record Invocation(Webhook webhook, ResourceDefinition seenAs) {}
