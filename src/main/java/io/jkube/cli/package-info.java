/**
 * The command line. {@link io.jkube.cli.CommandTree} lists every command, {@link io.jkube.cli.Cli}
 * finds the one meant, has picocli fill in its fields (only that one's description is built), runs
 * it and words what went wrong.
 *
 * <p>The folders below spell the commands: {@code create/CreatePod} is {@code jkube create pod}.
 * {@code command} says what a command is, {@code resource} finds kinds and objects, {@code print}
 * shows them; {@code client} is the small program that hands a command line to a running server,
 * {@code server} takes it there. Commands never use each other.
 */
package io.jkube.cli;
