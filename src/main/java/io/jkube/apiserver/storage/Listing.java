package io.jkube.apiserver.storage;

import java.util.List;

/**
 * Objects as they stood at one revision, in the order of their keys.
 *
 * @param next where the next page goes on; empty at the end
 * @param remaining how many more there are; 0 at the end, -1 when nobody knows
 */
public record Listing(List<StoredObject> items, long revision, String next, long remaining) {}
