/**
 * Counters of what the server does, and {@code /metrics}, where the other components of its process
 * tell theirs too.
 */
package io.jkube.apiserver.metrics;
