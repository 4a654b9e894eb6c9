package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;
import java.util.List;

/** A service account and the secrets it pulls images with. */
final class DescribeServiceAccount implements Describer {
  private static final String TITLE = "Image pull secrets:";

  @Override
  public void describe(ObjectNode account, Lookup lookup, Page page) {
    page.head(account);
    var names =
        account
            .path("imagePullSecrets")
            .valueStream()
            .map((JsonNode each) -> each.path("name").asText())
            .toList();
    var title = TITLE;
    for (var name : names.isEmpty() ? List.of("<none>") : names) {
      page.line(0, title + "\t" + name);
      title = " ".repeat(TITLE.length());
    }
  }
}
