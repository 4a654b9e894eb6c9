/**
 * {@code jkube describe}: what a person wants to know of an object, with its events.
 *
 * <p>A kind's own page is one {@code Describer} and one line in {@code Describers}; every other
 * kind gets {@code AnyKind}'s. {@code section} holds what several pages share.
 */
package io.jkube.cli.describe;
