package io.jkube.registry.openapi;

import io.jkube.api.GroupVersionKind;

/**
 * One call of an API path.
 *
 * @param method of HTTP, in small letters
 * @param action {@code x-kubernetes-action}: get, list, post, put, patch, delete, ...
 * @param kind what it is about
 * @param body the definition that the request carries, or ""
 * @param answer the definition that the answer carries, or "" for text
 */
record Operation(
    String method,
    String action,
    String id,
    String description,
    GroupVersionKind kind,
    QueryParameters query,
    String body,
    String answer) {}
