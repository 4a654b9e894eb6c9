package io.jkube.cli.resource;

import io.jkube.cli.command.CommandFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Reads {@code TYPE}, {@code TYPE NAME...}, {@code TYPE,TYPE}, {@code TYPE/NAME...}, and categories
 * such as {@code all}.
 */
public final class ResourceArguments {
  /** What is wrong when no type was named; takes the command's name. */
  public static final String NO_TYPE =
      "You must specify the type of resource to %s. Use \"jkube api-resources\" for a complete list"
          + " of supported resources.";

  /** What is wrong when neither an argument nor a file names anything. */
  public static final String NOTHING_GIVEN =
      """
      You must provide one or more resources by argument or filename.
      Example resource specifications include:
         '-f rsrc.yaml'
         '--filename=rsrc.json'
         '<resource> <name>'
         '<resource>'""";

  private final Discovery discovery;

  public ResourceArguments(Discovery discovery) {
    this.discovery = discovery;
  }

  /**
   * @throws CommandFailure when the arguments make no sense together or a type is not served
   */
  public List<Target> read(List<String> arguments) {
    if (arguments.stream().anyMatch(argument -> argument.contains("/"))) {
      return arguments.stream().map(argument -> pair(argument, arguments)).toList();
    }
    if (arguments.isEmpty()) {
      return List.of();
    }
    var names = arguments.subList(1, arguments.size());
    var targets = new ArrayList<Target>();
    for (var type : types(arguments.getFirst(), names.isEmpty())) {
      if (names.isEmpty()) {
        targets.add(new Target(type, ""));
      }
      names.forEach(name -> targets.add(new Target(type, name)));
    }
    return targets;
  }

  private Target pair(String argument, List<String> all) {
    int slash = argument.indexOf('/');
    if (slash < 0) {
      throw new CommandFailure(
          "there is no need to specify a resource type as a separate argument when passing"
              + " arguments in resource/name form (e.g. 'jkube get resource/<resource_name>'"
              + " instead of 'jkube get resource resource/<resource_name>'");
    }
    if (argument.indexOf('/', slash + 1) >= 0) {
      throw new CommandFailure("arguments in resource/name form may not have more than one slash");
    }
    var type = argument.substring(0, slash);
    var name = argument.substring(slash + 1);
    if (type.isEmpty() || name.isEmpty() || type.contains(",")) {
      throw new CommandFailure(
          "arguments in resource/name form must have a single resource and name");
    }
    return new Target(discovery.find(type), name);
  }

  private LinkedHashSet<ResourceType> types(String typed, boolean categories) {
    var types = new LinkedHashSet<ResourceType>();
    for (var word : typed.split(",", -1)) {
      if (word.isEmpty()) {
        throw new CommandFailure("arguments must consist of a resource or a resource and name");
      }
      var category = categories ? discovery.category(word) : List.<ResourceType>of();
      if (category.isEmpty()) {
        types.add(discovery.find(word));
      } else {
        types.addAll(category);
      }
    }
    return types;
  }
}
