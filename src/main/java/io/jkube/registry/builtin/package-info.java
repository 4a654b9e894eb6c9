/** The one explicit list of the kinds that every server serves. */
package io.jkube.registry.builtin;
