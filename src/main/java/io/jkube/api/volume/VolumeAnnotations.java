package io.jkube.api.volume;

/** Annotations and finalizers by which the parties of a binding know of each other's steps. */
public final class VolumeAnnotations {
  /** On a claim whose binding was completed once. */
  public static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

  /** On a side of a binding that the controller chose, not a person. */
  public static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

  /** On a volume that was made for a claim: who made it and may remove it. */
  public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  /** On a claim: who is to make a volume for it. */
  public static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";

  /** The same, as older provisioners read it. */
  public static final String OLD_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

  /** On a claim: the node of its first pod, chosen by the scheduler. */
  public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  /** The class of a volume or claim, before there was a field for it. */
  public static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

  /** Keeps a claim while a pod uses it. */
  public static final String CLAIM_FINALIZER = "kubernetes.io/pvc-protection";

  /** Keeps a volume while it is bound. */
  public static final String VOLUME_FINALIZER = "kubernetes.io/pv-protection";

  /** Keeps a volume until who made it has removed what is behind it. */
  public static final String PROVISIONER_FINALIZER =
      "external-provisioner.volume.kubernetes.io/finalizer";

  /** A provisioner that makes nothing: volumes of such a class are made by people. */
  public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

  private VolumeAnnotations() {}
}
