/** {@code jkube cluster-info} and {@code jkube cluster-info dump}. */
package io.jkube.cli.clusterinfo;
