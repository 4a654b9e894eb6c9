package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import java.util.Map;
import java.util.Set;

/** Any tree as nested fields, their names made readable. */
public final class Fields {
  private final Page page;

  public Fields(Page page) {
    this.page = page;
  }

  /**
   * @param skip paths left out, such as {@code .metadata.name}
   */
  public void write(JsonNode object, int level, Set<String> skip) {
    write(object, level, "", skip);
  }

  /** One field. */
  public void write(String name, JsonNode value, int level) {
    write(name, value, level, "." + name, Set.of());
  }

  private void write(JsonNode object, int level, String path, Set<String> skip) {
    object
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .filter(field -> !skip.contains(path + "." + field.getKey()))
        .forEach(
            field ->
                write(field.getKey(), field.getValue(), level, path + "." + field.getKey(), skip));
  }

  private void write(String name, JsonNode value, int level, String path, Set<String> skip) {
    if (!value.isContainerNode()) {
      page.field(level, FieldName.readable(name), GoText.of(value));
      return;
    }
    page.line(level, FieldName.readable(name) + ":");
    if (value.isObject()) {
      write(value, level + 1, path, skip);
      return;
    }
    for (var item : value) {
      if (item.isObject()) {
        write(item, level + 1, path, skip);
      } else {
        page.line(level + 1, GoText.of(item));
      }
    }
  }
}
