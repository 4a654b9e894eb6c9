/**
 * Storage that outlives pods: {@link io.jkube.controller.volume.VolumeBinder} ties claims to
 * volumes, {@link io.jkube.controller.volume.LocalProvisioner} makes volumes for claims of the
 * class {@code standard} out of folders of this machine, {@link
 * io.jkube.controller.volume.InUseProtection} keeps claims and volumes while they are used, and
 * {@link io.jkube.controller.volume.EphemeralClaims} makes the claims of pods that bring their own.
 *
 * <p>They meet in the API only, by the annotations of {@link
 * io.jkube.api.volume.VolumeAnnotations}, as upstream's do: other provisioners find here what they
 * find there. All nodes share this machine's disk, so a folder made here can be had on every node,
 * in any access mode. Capacity is what a volume says; nothing measures what lies in a folder.
 */
package io.jkube.controller.volume;
