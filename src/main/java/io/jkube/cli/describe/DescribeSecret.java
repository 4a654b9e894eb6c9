package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A secret: its keys and how long their values are, never the values. */
final class DescribeSecret implements Describer {
  private static final String TOKEN_TYPE = "kubernetes.io/service-account-token";

  @Override
  public void describe(ObjectNode secret, Lookup lookup, Page page) {
    page.head(secret);
    var type = secret.path("type").asText();
    page.line(0, "").field(0, "Type", type);
    page.line(0, "").line(0, "Data").line(0, "====");
    secret
        .path("data")
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> {
              // The one value that is shown: people describe a token's secret to copy the token.
              boolean token = each.getKey().equals("token") && type.equals(TOKEN_TYPE);
              page.field(
                  0,
                  each.getKey(),
                  token
                      ? new String(
                          Base64.getDecoder().decode(each.getValue().asText()),
                          StandardCharsets.UTF_8)
                      : Base64Size.of(each.getValue()) + " bytes");
            });
  }

  @Override
  public boolean hasEvents() {
    return false;
  }
}
