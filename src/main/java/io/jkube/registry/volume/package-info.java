/** What there is to say about volumes and claims wherever they stand: defaults, rules, words. */
package io.jkube.registry.volume;
