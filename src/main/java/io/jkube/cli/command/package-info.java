/**
 * What a command is: {@link io.jkube.cli.command.Command} runs with a {@link
 * io.jkube.cli.command.CommandContext} and answers an exit code. It knows no process: streams,
 * environment, working folder and terminal are handed to it, so that the same class runs in a
 * process of its own, in the server for a remote terminal, and in a test.
 *
 * <p>One thread runs one command; it is interrupted when its user presses Ctrl-C or goes away.
 */
package io.jkube.cli.command;
