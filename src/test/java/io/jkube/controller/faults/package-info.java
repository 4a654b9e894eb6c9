/**
 * Controllers whose way to the server fails now and then, and that are killed and started again:
 * what they bring about in the end must be what they bring about in peace.
 *
 * <p>What fails is drawn from a seed, by what is asked for the how manieth time; the threads'
 * interleaving is the machine's.
 */
package io.jkube.controller.faults;
