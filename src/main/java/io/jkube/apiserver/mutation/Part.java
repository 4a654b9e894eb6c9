package io.jkube.apiserver.mutation;

/** Which part of an object an update is about; the rest stays as it is. */
public enum Part {
  /** Everything but the status. */
  MAIN,
  /** The status. */
  STATUS,
  /** The decision on a request. */
  APPROVAL,
  /** What one subresource of the kind is about, which its strategy knows by name. */
  SUBRESOURCE,
  /** What the server itself changes, as by a binding: no hook of the kind runs. */
  AS_IT_IS
}
