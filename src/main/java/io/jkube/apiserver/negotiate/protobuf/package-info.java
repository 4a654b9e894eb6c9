/**
 * {@code application/vnd.kubernetes.protobuf}: built-in objects between trees and the bytes that Go
 * clients speak. A codec over data: {@link io.jkube.apiserver.negotiate.protobuf.FieldNumbers} says
 * which number a field has, the kind's schema which type; nothing is generated, no kind is named.
 *
 * <p>Words: a <em>message</em> is a definition with fields; a <em>coding</em> is how the values of
 * one type look on the wire; the <em>envelope</em> is what stands around a whole object.
 *
 * <p>Follows Go on what has no counterpart in JSON: a field whose Go type cannot be unset is always
 * on the wire, so its zero value reads as an absent field; unknown fields are skipped; empty lists
 * and maps are absent.
 *
 * <p>Thread-safe; messages are put together when they are first met and kept. Does not validate:
 * what comes out is held against the schema like any other body. Custom resources have no protobuf.
 */
package io.jkube.apiserver.negotiate.protobuf;
