/** {@code jkube api-resources}. */
package io.jkube.cli.apiresources;
