/** The batch group: pods that end, once or by the clock. */
package io.jkube.registry.batch;
