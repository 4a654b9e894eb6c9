/** Counters of what the server does, and their text format for Prometheus. */
package io.jkube.apiserver.metrics;
