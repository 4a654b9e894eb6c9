package io.jkube.api.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.ApiException;

/**
 * JSON as Go writes it indented: four spaces, keys sorted, {@code <}, {@code >}, {@code &} escaped.
 */
public final class JsonText {
  private static final ObjectWriter INDENTED = writer(new GoStyle());
  private static final ObjectWriter COMPACT = writer(null);

  private JsonText() {}

  /** Over several lines, without a newline at the end. */
  public static String indented(JsonNode node) {
    return write(INDENTED, node);
  }

  /** On one line, without spaces. */
  public static String compact(JsonNode node) {
    return write(COMPACT, node);
  }

  /** A string, quoted, with no more escaped than the standard asks for. */
  public static String plain(String text) {
    return TextNode.valueOf(text).toString();
  }

  private static String write(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(SortedKeys.of(node));
    } catch (JsonProcessingException impossible) {
      throw ApiException.internal("writing JSON: " + impossible.getOriginalMessage());
    }
  }

  private static ObjectWriter writer(DefaultPrettyPrinter style) {
    var mapper = JsonMapper.builder().build();
    mapper.getFactory().setCharacterEscapes(new GoEscapes());
    return style == null ? mapper.writer() : mapper.writer(style);
  }

  /** Line ends and indentation of {@code json.MarshalIndent}. */
  private static final class GoStyle extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;
    private static final DefaultIndenter FOUR_SPACES = new DefaultIndenter("    ", "\n");

    GoStyle() {
      super(
          Separators.createDefaultInstance()
              .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator(""));
      indentArraysWith(FOUR_SPACES);
      indentObjectsWith(FOUR_SPACES);
    }

    private GoStyle(GoStyle base) {
      super(base);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new GoStyle(this);
    }
  }

  /** What {@code encoding/json} escapes beyond the standard. */
  private static final class GoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      var codes = standardAsciiEscapesForJSON();
      for (char each : new char[] {'<', '>', '&'}) {
        codes[each] = ESCAPE_CUSTOM;
      }
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int each) {
      boolean escaped = each == 0x2028 || each == 0x2029 || "<>&".indexOf(each) >= 0;
      return escaped ? new SerializedString(String.format("\\u%04x", each)) : null;
    }
  }
}
