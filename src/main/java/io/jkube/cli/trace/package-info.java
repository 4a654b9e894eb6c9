/** {@code jkube trace pod}: the way of a pod through the cluster, as its components noted it. */
package io.jkube.cli.trace;
