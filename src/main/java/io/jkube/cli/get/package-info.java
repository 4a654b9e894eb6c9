/**
 * {@code jkube get}: as the server's tables for people ({@code TableListing}), as objects for
 * everything else ({@code ObjectListing}), and either of them going on with changes ({@code
 * Watching}).
 */
package io.jkube.cli.get;
