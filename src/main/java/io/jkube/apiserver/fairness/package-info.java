/**
 * Priority and fairness: which requests run now, which wait, which are refused ("API Priority and
 * Fairness" in the documentation of Kubernetes).
 *
 * <p>A FlowSchema tells what flow a request belongs to and its priority level; a level has a number
 * of seats. A request takes one while it is answered, or several: a list by the bytes it goes
 * through, a write by the watches that are told of it, which keeps them for a few milliseconds
 * more. Where too few are free it waits in one of a few of the level's queues, chosen by its flow,
 * and the queues take turns by seats: who asks a thousand times waits behind themselves. Watches
 * give their seats back once they are under way; streams take none.
 *
 * <p>Levels lend each other what they do not need: every ten seconds the seats are divided anew by
 * what each level's requests took or waited for. There is no thread for it: the request that comes
 * first when the time is up does it, and what lingers is freed by the JDK's timer. A level's state
 * is under its own lock, held for a few instructions.
 *
 * <p>Not told at {@code /metrics} are the figures of upstream's virtual time, and the histograms
 * over every nanosecond.
 */
package io.jkube.apiserver.fairness;
