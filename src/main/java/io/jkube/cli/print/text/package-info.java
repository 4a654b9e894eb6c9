/** Values as text, in the ways of the Go libraries behind kubectl: JSON, YAML, {@code fmt}. */
package io.jkube.cli.print.text;
