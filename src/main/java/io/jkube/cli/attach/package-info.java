/** {@code jkube attach}: the first process of a container. */
package io.jkube.cli.attach;
