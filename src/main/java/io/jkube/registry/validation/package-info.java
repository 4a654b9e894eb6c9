/** Rules that fields of several kinds share, each in upstream's words. */
package io.jkube.registry.validation;
