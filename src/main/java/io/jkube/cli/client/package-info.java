/**
 * The small program that hands a command line to a running server over the cluster's Unix socket
 * and shows what comes back.
 *
 * <p>Its weight is its start: it uses nothing but the JDK, and of that as few classes as it can (no
 * lambdas, no string templates compiled to {@code invokedynamic}, no collections it can do
 * without). Two threads: the main one prints what the server sends; one more reads stdin, and only
 * once the command has asked for it.
 *
 * <p>The protocol, see {@link io.jkube.cli.client.Frame}: the client sends one REQUEST, the server
 * any number of OUT, ERR and WANT_INPUT and at last one EXIT. A WANT_INPUT is answered by one INPUT
 * (empty at the end of stdin). A client that goes away, for whatever reason, interrupts its
 * command: Ctrl-C needs no frame.
 */
package io.jkube.cli.client;
