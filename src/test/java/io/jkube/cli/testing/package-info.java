/** A cluster for commands to work on, command lines out of files, and what a command said. */
package io.jkube.cli.testing;
