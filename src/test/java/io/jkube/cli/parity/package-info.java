/**
 * Runs the same command lines with kubectl and with jkube, against one cluster, and holds what both
 * say beside each other.
 *
 * <p>The command lines are the files of {@code src/test/resources/parity}: one a line, quoted as in
 * a shell, {@code < FILE} for stdin; a line that begins with {@code #} says something about the
 * next ones. {@code look/} only reads what {@code objects.yaml} describes; both programs see the
 * same objects, and all but ages must agree. {@code change/} changes things: every paragraph gets a
 * namespace for kubectl and one for jkube, and what differs from object to object is left out too.
 */
package io.jkube.cli.parity;
