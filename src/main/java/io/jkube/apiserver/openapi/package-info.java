/** Serves the OpenAPI documents that the registry makes, so that clients cache them. */
package io.jkube.apiserver.openapi;
