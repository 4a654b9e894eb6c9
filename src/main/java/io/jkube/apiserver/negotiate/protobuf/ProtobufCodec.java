package io.jkube.apiserver.negotiate.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.schema.SchemaSource;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whole objects in protobuf: four bytes, then the envelope {@code typeMeta = 1} (of {@code
 * apiVersion = 1, kind = 2}), {@code raw = 2}, the object's message. Thread-safe. Loads what it
 * knows when it is first asked.
 */
public final class ProtobufCodec {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int TYPE = 1;
  private static final int RAW = 2;
  private static final int CONTENT_ENCODING = 3;
  private static final int CONTENT_TYPE = 4;
  private static final int API_VERSION = 1;
  private static final int KIND = 2;
  private static final int EVENT_TYPE = 1;
  private static final int EVENT_OBJECT = 2;

  private final SchemaSource schemas;
  private volatile Messages messages;

  public ProtobufCodec(SchemaSource schemas) {
    this.schemas = schemas;
  }

  /** Whether objects of the kind have a protobuf form. */
  public boolean serves(GroupVersionKind kind) {
    return messages().of(kind).isPresent();
  }

  /** Whether the object, which says its kind, has a protobuf form. */
  public boolean serves(ObjectNode object) {
    return serves(kind(object));
  }

  /**
   * The object in its envelope.
   *
   * @throws IllegalArgumentException when its kind has no protobuf form
   */
  public byte[] encode(ObjectNode object) {
    var kind = kind(object);
    var message =
        messages()
            .of(kind)
            .orElseThrow(() -> new IllegalArgumentException("no protobuf of " + kind));
    var out = new WireWriter();
    out.raw(MAGIC);
    out.message(
        TYPE,
        () -> {
          out.text(API_VERSION, kind.apiVersion());
          out.text(KIND, kind.kind());
        });
    out.tag(RAW, WireReader.BYTES);
    message.write(out, object);
    out.text(CONTENT_ENCODING, "");
    out.text(CONTENT_TYPE, "");
    return out.toByteArray();
  }

  /** A watch event as it is framed: four bytes of length, then {@code type = 1, object = 2}. */
  public byte[] encodeEvent(String type, ObjectNode object) {
    var out = new WireWriter();
    out.text(EVENT_TYPE, type);
    out.tag(EVENT_OBJECT, WireReader.BYTES);
    int extension = out.open();
    out.tag(1, WireReader.BYTES);
    out.bytes(encode(object));
    out.close(extension);
    var event = out.toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + event.length)
        .putInt(event.length)
        .put(event)
        .array();
  }

  /**
   * The object in an envelope.
   *
   * @param usual the kind of what does not say its kind
   * @throws ApiException BadRequest when the bytes are malformed or of a kind that is not known
   */
  public ObjectNode decode(byte[] bytes, GroupVersionKind usual) {
    if (bytes.length < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw ApiException.badRequest(
          "provided data does not appear to be a protobuf message, expected prefix "
              + "[107 56 115 0]");
    }
    var envelope = Envelope.read(new WireReader(Arrays.copyOfRange(bytes, 4, bytes.length)), usual);
    var message = known(envelope.kind());
    var object =
        Json.object()
            .put("kind", envelope.kind().kind())
            .put("apiVersion", envelope.kind().apiVersion());
    message.readInto(new WireReader(envelope.raw()), object);
    return object;
  }

  private Message known(GroupVersionKind kind) {
    return messages()
        .of(kind)
        .orElseThrow(
            () ->
                ApiException.badRequest(
                    "no kind \""
                        + kind.kind()
                        + "\" is registered for version \""
                        + kind.apiVersion()
                        + "\""));
  }

  /** Most servers never meet a client that speaks protobuf. */
  private Messages messages() {
    var known = messages;
    if (known == null) {
      known = new Messages(schemas);
      messages = known;
    }
    return known;
  }

  private static GroupVersionKind kind(ObjectNode object) {
    return GroupVersionKind.of(
        object.path("apiVersion").asText("v1"), object.path("kind").asText());
  }

  /** What stands around an object. */
  private record Envelope(GroupVersionKind kind, byte[] raw) {
    static Envelope read(WireReader in, GroupVersionKind usual) {
      var apiVersion = "";
      var kind = "";
      var raw = new byte[0];
      while (!in.atEnd()) {
        int tag = in.tag();
        if (tag == (TYPE << 3 | WireReader.BYTES)) {
          for (var type = in.message(); !type.atEnd(); ) {
            int field = type.tag();
            switch (field) {
              case API_VERSION << 3 | WireReader.BYTES -> apiVersion = type.text();
              case KIND << 3 | WireReader.BYTES -> kind = type.text();
              default -> type.skip(field & 7);
            }
          }
        } else if (tag == (RAW << 3 | WireReader.BYTES)) {
          raw = in.bytes();
        } else {
          in.skip(tag & 7);
        }
      }
      return new Envelope(
          GroupVersionKind.of(
              apiVersion.isEmpty() ? usual.apiVersion() : apiVersion,
              kind.isEmpty() ? usual.kind() : kind),
          raw);
    }
  }
}
