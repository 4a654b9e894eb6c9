/**
 * {@code jkube cp}: a tar archive through {@code exec}, written here and unpacked there or the
 * other way round, piece by piece: nothing is held whole. The container needs a {@code tar}.
 *
 * <p>Threads: of the archive and the session one is the command's own thread, the other a virtual
 * one; they share a {@link io.jkube.api.stream.MemoryLink}.
 */
package io.jkube.cli.cp;
