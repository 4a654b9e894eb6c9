/**
 * {@code jkube export}: what people made in a cluster, as manifests for another one. {@link
 * io.jkube.cli.export.Choice} says which objects those are, {@link io.jkube.cli.export.Manifests}
 * takes out of one what the cluster filled in, {@link io.jkube.cli.export.Order} puts what others
 * need before them.
 */
package io.jkube.cli.export;
