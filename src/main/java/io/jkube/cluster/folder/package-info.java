/**
 * Everything a cluster keeps on disk: {@code ${JKUBE_HOME:-~/.jkube}/<cluster>/}, mode 0700. One
 * folder to look at, back up, delete.
 *
 * <p>The store's own lock says whether a server runs; {@link io.jkube.cluster.folder.ServerRecord}
 * only says which process that is, so that it can be told to stop, and is believed only as long as
 * that very process lives.
 */
package io.jkube.cluster.folder;
