/**
 * Counts that any part of jkube keeps of what it does, and Prometheus' text format for them. Who
 * counts owns its numbers; {@code /metrics} of the server asks for them when it is asked.
 */
package io.jkube.api.metrics;
