/**
 * Names waiting to be reconciled. A name is in the queue once, however often it is added, and is
 * never worked on by two workers at a time: added meanwhile, it comes again when the worker is
 * done.
 *
 * <p>One lock a queue; it owns no thread.
 */
package io.jkube.client.workqueue;
