/** {@code jkube wait}: for a condition, a field, creation or deletion. */
package io.jkube.cli.wait;
