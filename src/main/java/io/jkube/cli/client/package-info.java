/**
 * The small program that hands a command line to a running server over the cluster's Unix socket
 * and shows what comes back. It loads as few classes as it can: nothing but the JDK, no lambdas, no
 * string concatenation by indy on the way of a command; the JVM's start is most of what a user
 * waits for.
 */
package io.jkube.cli.client;
