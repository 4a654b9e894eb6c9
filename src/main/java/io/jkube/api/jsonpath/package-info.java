/**
 * kubectl's dialect of JSONPath: a template whose {@code {...}} are expressions, with ranges.
 *
 * <p>{@code Parser} makes {@code Part}s (text, expression, range) out of the template; an
 * expression is a list of {@code Step}s, each of which takes the values found so far to the next
 * ones. Where other dialects differ from the Kubernetes documentation ("JSONPath Support"), that
 * documentation and kubectl hold.
 */
package io.jkube.api.jsonpath;
