/**
 * Service routing in the kernel: a table of nftables for each cluster, as upstream's proxy has it
 * in its mode {@code nftables}, and a second one for its network policies. {@link
 * io.jkube.network.nft.ServiceRules} and {@link io.jkube.network.nft.PolicyRules} say which rules
 * what is stored stands for, {@link io.jkube.network.nft.Script} how one {@link
 * io.jkube.network.nft.RuleSet} becomes another in one transaction, {@link
 * io.jkube.network.nft.NftProxy} and {@link io.jkube.network.nft.NftPolicies} keep the kernel up to
 * date.
 *
 * <p>The rules stand beside those of the container engine and touch none of them: translation
 * happens just before the engine's, refusals just before its filters. Rules of a killed server
 * stay, serve on, and are replaced as a whole by the next.
 *
 * <p>Programs run through a {@link io.jkube.network.nft.NetworkAdmin}: this process where it is
 * root's, else somebody who has the rights.
 */
package io.jkube.network.nft;
