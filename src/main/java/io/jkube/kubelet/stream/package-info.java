/**
 * What flows out of running containers: their output, as {@code kubectl logs} asks for it. Errors
 * are the API's, in upstream's words. A stream belongs to its reader; closing it ends the engine's
 * part too.
 */
package io.jkube.kubelet.stream;
