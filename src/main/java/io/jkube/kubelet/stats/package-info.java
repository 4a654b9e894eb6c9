/**
 * What a node and its containers use, and the pages on which a kubelet tells it.
 *
 * <p>Words: a <em>sample</em> is what something has used so far, at one time; a <em>reading</em>
 * compares two of them. {@link io.jkube.kubelet.stats.Figures} takes samples when somebody asks,
 * and never else: who does not look at figures pays nothing for them.
 */
package io.jkube.kubelet.stats;
