/**
 * Volumes of a pod as folders of this machine, mounted into its containers. One file a kind of
 * volume, all of them in one list in {@code FolderVolumes}; a kind that is not in it is refused,
 * which keeps the pod waiting with an event that says so.
 *
 * <p>A claim's volume is a folder of this machine, too: a bind of it into the container, as with
 * everything here. The cluster's folder lies in its owner's home, which engines in a virtual
 * machine (Docker Desktop) share with it, so the same paths hold there.
 *
 * <p>A pod's folder is {@code <data folder>/pods/<uid>}; it goes when the pod goes, and with it its
 * emptyDirs in memory ({@code MemoryFolders}). Files of ConfigMaps, Secrets and the like lie in a
 * folder of their own behind the link {@code ..data}, so that a new state of them appears at once
 * and whole.
 *
 * <p>Where containers run in name only, volumes are names, too ({@code VolumesInName}).
 */
package io.jkube.kubelet.volume;
