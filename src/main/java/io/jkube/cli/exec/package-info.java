/** {@code jkube exec}: a command in a container. */
package io.jkube.cli.exec;
