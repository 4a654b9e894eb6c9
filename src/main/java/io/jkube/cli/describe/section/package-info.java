/** Parts of the pages that {@code describe} prints: labels, containers, volumes, events. */
package io.jkube.cli.describe.section;
