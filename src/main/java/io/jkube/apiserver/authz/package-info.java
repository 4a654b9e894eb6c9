/**
 * Decides who may do what, and says how a refusal reads. {@link
 * io.jkube.apiserver.authz.Authorizer} is the port; {@code node} decides for kubelets, {@code rbac}
 * for everyone.
 *
 * <p>Decisions come from the watch caches, in microseconds. A cache may lag behind the store by a
 * moment: before anyone is refused it catches up and decides once more, so that who was just given
 * a right has it.
 */
package io.jkube.apiserver.authz;
