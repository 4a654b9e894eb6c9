/**
 * {@code jkube logs}. {@code LogSources} finds the containers meant, {@code LogCopy} copies one
 * container's output; several that are followed have a virtual thread each and share stdout under a
 * lock, line by line.
 */
package io.jkube.cli.logs;
