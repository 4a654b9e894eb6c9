/**
 * Completion in the shell: {@code jkube completion SHELL} prints a script, the script asks the
 * hidden {@code jkube __complete WORD...} what may stand in the place of the last word.
 *
 * <p>The answer has a line for each candidate, {@code VALUE TAB DESCRIPTION}; a line {@code :files}
 * says that names of files fit as well. A candidate replaces the whole word; when it ends with
 * {@code =}, {@code /} or a comma, more follows and no blank belongs behind it. Where no server
 * runs, commands and flags are known all the same and names are not; that is no error and says
 * nothing.
 *
 * <p>What fits as the value of a flag or an argument is told by the label it has in the help:
 * {@code json|yaml} are the values themselves, {@code NAMESPACE} or {@code POD} names of objects,
 * {@code FILE} a file. So a new command completes when its help is right. The scripts in {@code
 * completions/} are what the command prints; a test holds them equal.
 */
package io.jkube.cli.completion;
