/** {@code jkube delete}: objects, not clusters (those are {@code delete-cluster}'s). */
package io.jkube.cli.delete;
