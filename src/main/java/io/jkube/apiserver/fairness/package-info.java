/**
 * Priority and fairness: which requests run now, which wait, which are refused ("API Priority and
 * Fairness" in the documentation of Kubernetes).
 *
 * <p>A FlowSchema tells what flow a request belongs to and its priority level; a level has a number
 * of seats. A request takes a seat while it is answered; where none is free it waits in one of a
 * few of the level's queues, chosen by its flow, and the queues take turns: who asks a thousand
 * times waits behind themselves. Watches give their seat back once they are under way; streams take
 * none.
 *
 * <p>Taking a free seat is one compare-and-set; the lock of a level is for those who wait. Levels
 * do not lend each other seats, and every request takes one.
 */
package io.jkube.apiserver.fairness;
