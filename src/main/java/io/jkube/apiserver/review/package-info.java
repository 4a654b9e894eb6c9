/**
 * Questions to the server about callers and rights: reviews. Each is answered on the spot with its
 * own body, the status filled in; nothing is stored. One file a kind.
 */
package io.jkube.apiserver.review;
