/**
 * Service routing in the kernel: a table of nftables for each cluster, as upstream's proxy has it
 * in its mode {@code nftables}. {@link io.jkube.network.nft.RuleSet} says which rules a table of
 * services stands for, {@link io.jkube.network.nft.Script} how one rule set becomes another in one
 * transaction, {@link io.jkube.network.nft.NftProxy} keeps the kernel up to date.
 *
 * <p>The rules stand beside those of the container engine and touch none of them: translation
 * happens just before the engine's, refusals just before its filters. Rules of a killed server
 * stay, serve on, and are replaced as a whole by the next.
 */
package io.jkube.network.nft;
