/**
 * Patches: JSON patch (RFC 6902), merge patch (RFC 7386), strategic merge patch. Pure functions on
 * trees: none changes what it is given, all answer a tree of their own.
 */
package io.jkube.apiserver.patch;
