/** Values as YAML, in the ways of the Go libraries behind kubectl. */
package io.jkube.cli.print.text;
