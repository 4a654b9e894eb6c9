package io.jkube.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.negotiate.Format;
import io.jkube.apiserver.negotiate.MediaType;
import io.jkube.apiserver.negotiate.Yaml;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.Document;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.regex.Pattern;

/** The form of a document that goes over the wire: JSON as it is or for people, YAML, protobuf. */
final class Formatting {
  private static final ObjectWriter PRETTY = pretty();
  private static final Pattern PRETTY_PARAMETER = Pattern.compile("(?:^|&)pretty=?([^&]*)");

  private final HttpServletRequest request;
  private final ProtobufCodec protobuf;

  /**
   * @param protobuf null while the server has no schemas yet
   */
  Formatting(HttpServletRequest request, ProtobufCodec protobuf) {
    this.request = request;
    this.protobuf = protobuf;
  }

  /** A document in the form that goes over the wire. */
  record Formatted(Document document, String contentType) {}

  Formatted apply(Document document) {
    return switch (Format.of(
        Routes.header(request, "Accept"),
        () -> protobuf != null && protobuf.serves(document.tree()))) {
      case PROTOBUF ->
          new Formatted(new Bytes(document, protobuf.encode(document.tree())), MediaType.PROTOBUF);
      case YAML -> new Formatted(new Bytes(document, Yaml.write(document.tree())), MediaType.YAML);
      case JSON -> new Formatted(isForPeople() ? indented(document) : document, MediaType.JSON);
    };
  }

  /** Asked for, or, as upstream has it, for the tools with which people look. */
  private boolean isForPeople() {
    var pretty = PRETTY_PARAMETER.matcher(Objects.requireNonNullElse(request.getQueryString(), ""));
    if (pretty.find()) {
      return !pretty.group(1).equals("false") && !pretty.group(1).equals("0");
    }
    var agent = request.getHeader("User-Agent");
    return agent != null
        && (agent.startsWith("curl")
            || agent.startsWith("Wget")
            || agent.startsWith("Mozilla/5.0"));
  }

  private static Document indented(Document document) {
    try {
      return new Bytes(document, PRETTY.writeValueAsBytes(document.tree()));
    } catch (JsonProcessingException impossible) {
      throw ApiException.internal("writing JSON: " + impossible.getOriginalMessage());
    }
  }

  private static ObjectWriter pretty() {
    var indent = new DefaultIndenter("  ", "\n");
    return Json.MAPPER.writer(
        new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent));
  }

  /** A document in other words. */
  private record Bytes(Document original, byte[] bytes) implements Document {
    @Override
    public ObjectNode tree() {
      return original.tree();
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }
}
