/**
 * Shows objects: tables, YAML, JSON, names, JSONPath, custom columns, Go templates.
 *
 * <p>What comes out is what kubectl prints, to the letter: scripts cut it apart. Printers write to
 * a stream and keep no state beyond one run.
 */
package io.jkube.cli.print;
