/** {@code jkube service}: where this machine reaches a Service. */
package io.jkube.cli.service;
