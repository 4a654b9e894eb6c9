/**
 * Static pods: pods that a node runs because files in a folder of its machine say so (Kubernetes:
 * "Create static Pods"). A mirror pod in the API shows each of them; deleting it there does not end
 * it, and it runs though the API server refuses the mirror.
 *
 * <p>A pod's uid is a digest of what its file says: a file that says something else is another pod,
 * which begins when the one before has ended. A {@code metadata.uid} in the file counts for
 * nothing. A file that cannot be read, or is no pod, leaves the pod of its last good state running.
 *
 * <p>{@code StaticPods} owns one virtual thread, which looks at the folder, at the mirrors that a
 * watch told of, and at the workers that ended; everything else only wakes it.
 */
package io.jkube.kubelet.staticpod;
