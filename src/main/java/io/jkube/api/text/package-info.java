/** Values as text, in the ways of Go, which scripts know: indented JSON, {@code fmt}. */
package io.jkube.api.text;
