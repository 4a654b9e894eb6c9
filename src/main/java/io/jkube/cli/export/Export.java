package io.jkube.cli.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.api.text.JsonText;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.print.text.YamlText;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceType;
import io.jkube.cli.resource.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Writes manifests of what people made. */
@picocli.CommandLine.Command(
    description = {
      "Write manifests of what people made in the cluster, for kubectl apply on any other.",
      "",
      "What a cluster fills in is left out: uids, versions, status, addresses, nodes, tokens, and all"
          + " that controllers or the cluster itself made. So are pods and jobs that are over, and"
          + " the namespaces kube-*. Volume claims and ingresses of jkube's own class get the other"
          + " cluster's default. Nothing that volumes hold is written.",
      "",
      "What others need comes first. Custom resources can be applied once their definitions are"
          + " there: apply the definitions before, or everything twice.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jkube export > cluster.yaml",
      "  jkube export -n dev --include-secrets > dev.yaml",
      "  jkube export --kinds crd | kubectl --context other apply -f -"
    })
public final class Export implements Command {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      split = ",",
      description = "Only what is in these namespaces, and they themselves; default: everything.")
  List<String> namespaces = new ArrayList<>();

  @Option(
      names = "--kinds",
      paramLabel = "TYPE",
      split = ",",
      description = "Only these kinds, such as deployments,cm,crd; default: all.")
  List<String> kinds = new ArrayList<>();

  @Option(
      names = "--include-secrets",
      description = "With Secrets, readable by everyone who reads the output.")
  boolean secrets;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "yaml|json",
      description = "Documents parted by ---, or a List; default: yaml.")
  String output = "yaml";

  @Override
  public int run(CommandContext context) {
    if (!output.equals("yaml") && !output.equals("json")) {
      throw new CommandFailure("--output must be yaml or json, not \"" + output + "\"");
    }
    var discovery = new Discovery(context.transport());
    var api = new ResourceApi(context.transport());
    requireNamespaces(discovery, api);
    var found = new ArrayList<ObjectNode>();
    int withheld = 0;
    for (var type : types(discovery)) {
      for (var object : list(api, type)) {
        if (Choice.isMade(type, object)) {
          if (type.kind().equals("Secret") && !secrets) {
            withheld++;
          } else {
            found.add(Manifests.of(type, object));
          }
        }
      }
    }
    found.sort(Order.OF_NEED);
    print(found, context);
    context.out().flush();
    if (withheld > 0) {
      context.err().println(withheld + " Secrets are left out; --include-secrets takes them in");
    }
    return ExitCode.OK;
  }

  /** A name that nothing has is most likely mistyped. */
  private void requireNamespaces(Discovery discovery, ResourceApi api) {
    var type = discovery.find("namespaces");
    namespaces.forEach(name -> api.get(new Target(type, name), ""));
  }

  /** Each resource once, in the version that the server prefers. */
  private List<ResourceType> types(Discovery discovery) {
    var types = new LinkedHashMap<String, ResourceType>();
    Predicate<ResourceType> wanted = Choice::canBeMade;
    if (!kinds.isEmpty()) {
      var named = kinds.stream().map(discovery::find).map(Export::name).toList();
      wanted = wanted.and(type -> named.contains(name(type)));
    }
    discovery.types().stream().filter(wanted).forEach(type -> types.putIfAbsent(name(type), type));
    return List.copyOf(types.values());
  }

  private static String name(ResourceType type) {
    return type.resource().groupResource();
  }

  private List<ObjectNode> list(ResourceApi api, ResourceType type) {
    try {
      var target = new Target(type, "");
      if (namespaces.isEmpty()) {
        return api.list(target, "", Map.of());
      }
      if (type.namespaced()) {
        return namespaces.stream()
            .flatMap(namespace -> api.list(target, namespace, Map.of()).stream())
            .toList();
      }
      return type.kind().equals("Namespace")
          ? namespaces.stream().map(name -> api.get(new Target(type, name), "")).toList()
          : List.of();
    } catch (ApiException refused) {
      if (refused.reason() == StatusReason.METHOD_NOT_ALLOWED) {
        return List.of();
      }
      throw refused;
    }
  }

  private void print(List<ObjectNode> objects, CommandContext context) {
    var out = context.out();
    if (output.equals("json")) {
      var list = Json.object().put("apiVersion", "v1").put("kind", "List");
      list.putArray("items").addAll(objects);
      out.append(JsonText.indented(list)).append('\n');
      return;
    }
    boolean first = true;
    for (var object : objects) {
      out.append(first ? "" : "---\n").append(YamlText.of(object));
      first = false;
    }
  }
}
