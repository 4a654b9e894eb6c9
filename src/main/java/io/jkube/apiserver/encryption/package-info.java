/**
 * Objects encrypted before they reach the disk, as an {@code EncryptionConfiguration} says
 * ("Encrypting Confidential Data at Rest" in the documentation of Kubernetes).
 *
 * <p>{@link io.jkube.apiserver.encryption.EncryptedStore} stands between the server and its store:
 * above it everything is plain, below it the values of the chosen resources are {@code
 * k8s:enc:PROVIDER:v1:KEY:} and bytes. Written with the first provider of a resource, read with any
 * of them; a start writes anew what the first one has not written, which is how a key is rotated.
 * Thread-safe. Keys are never printed.
 */
package io.jkube.apiserver.encryption;
