/** {@code jkube version}. */
package io.jkube.cli.version;
