/**
 * What every part of jkube speaks: names of kinds and objects, selectors, quantities, errors, JSON.
 *
 * <p>Values only: immutable, without threads, clocks or I/O. Imports nothing else of jkube. Shapes
 * and words are those of the Kubernetes API conventions.
 */
package io.jkube.api;
