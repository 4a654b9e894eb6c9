package io.jkube.cli.resource;

import io.jkube.cli.command.CommandContext;
import picocli.CommandLine.Option;

/** {@code -n}: the namespace a command works in. */
public final class NamespaceFlag {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace; default: that of the kubeconfig's context, or default.")
  private String namespace;

  /** Whether it was typed: then a manifest of another namespace is an error. */
  public boolean isGiven() {
    return namespace != null && !namespace.isEmpty();
  }

  /** As typed; null when it was not. */
  public String given() {
    return namespace;
  }

  public String in(CommandContext context) {
    return isGiven() ? namespace : KubeconfigNamespace.of(context);
  }
}
