/**
 * Which writes a webhook or a policy is about: rules over operations, groups, versions, resources
 * and scope, and selectors over the labels of the object and of its namespace. Pure, but for the
 * look at the namespace.
 */
package io.jkube.apiserver.admission.match;
