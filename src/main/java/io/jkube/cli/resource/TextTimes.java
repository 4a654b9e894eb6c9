package io.jkube.cli.resource;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML's own rules for plain words, but times stay text: JSON has none. */
final class TextTimes extends Resolver {
  @Override
  public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
    if (!Tag.TIMESTAMP.equals(tag)) {
      super.addImplicitResolver(tag, pattern, first, limit);
    }
  }
}
