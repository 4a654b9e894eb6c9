/** The flowcontrol group: which requests wait for which others. */
package io.jkube.registry.flowcontrol;
