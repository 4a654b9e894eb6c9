/**
 * The OpenAPI documents of what the server serves, v3 a group version and v2 of all, made from the
 * catalog and the definitions when first asked for.
 *
 * <p>What clients look at decides what is in them: kinds, fields, types, descriptions, merge keys,
 * and for each path its verbs, kinds and query parameters. Thread-safe; no threads of its own.
 */
package io.jkube.registry.openapi;
