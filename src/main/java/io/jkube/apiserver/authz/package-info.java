/** The port that decides who may do what, and how a refusal reads. */
package io.jkube.apiserver.authz;
