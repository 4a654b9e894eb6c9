/** {@code jkube api-versions}. */
package io.jkube.cli.apiversions;
