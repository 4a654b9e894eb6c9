/**
 * Takes command lines from {@link io.jkube.cli.client.Client} over the cluster's Unix socket and
 * runs them in this process, as the socket's owner.
 *
 * <p>Threads: one virtual thread accepts; each command has one that runs it and one that reads what
 * its client sends. When the client goes away, the reader interrupts the command. Frames to the
 * client are written under the connection's lock.
 */
package io.jkube.cli.server;
