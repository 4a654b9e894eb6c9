/**
 * Who manages which fields of an object, and server-side apply, which goes by it: upstream's
 * managedFields and structured merge (Kubernetes documentation: "Server-Side Apply").
 *
 * <p>Vocabulary: a <i>manager</i> is a name, an operation (Apply or Update) and a subresource; the
 * fields it manages are a {@link FieldSet}. A <i>leaf</i> is what has one owner: a scalar, an
 * atomic list or map. {@link Structure} tells by the schema where a value ends being a leaf.
 *
 * <p>Pure functions on trees: no store, no threads, no locks. Trees that come in are never changed.
 */
package io.jkube.apiserver.fields;
