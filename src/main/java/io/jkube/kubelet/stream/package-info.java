/**
 * What flows out of and into running containers: their output, as {@code kubectl logs} asks for it,
 * the streams of their processes for {@code exec} and {@code attach}, and connections to their
 * ports. Errors are the API's, in upstream's words. A stream belongs to its reader; closing it ends
 * the engine's part too.
 */
package io.jkube.kubelet.stream;
