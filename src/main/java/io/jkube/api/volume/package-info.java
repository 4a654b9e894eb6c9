/**
 * What a PersistentVolumeClaim and a PersistentVolume say to each other: who fits whom, who belongs
 * to whom, by which annotations. Asked by the controller that binds them, by the scheduler, which
 * has to choose a node where they can be bound, and by the kubelet.
 *
 * <p>Pure functions of objects; nothing here is read or written anywhere.
 */
package io.jkube.api.volume;
