package io.jkube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.Quantity.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0Ki,0",
    "-0,0",
    "0.000,0",
    "1,1",
    "+1,1",
    "-1,-1",
    "1.,1",
    ".5,500m",
    "0.5,500m",
    "1.5,1500m",
    "100m,100m",
    "1000m,1",
    "1500m,1500m",
    "1k,1k",
    "1000,1k",
    "10000,10k",
    "1000k,1M",
    "12345,12345",
    "1G,1G",
    "1T,1T",
    "1P,1P",
    "1E,1E",
    "1u,1u",
    "1n,1n",
    "0.1n,1n",
    "-0.1n,-1n",
    "1000n,1u",
    "1.1n,2n",
    "1Ki,1Ki",
    "1024,1024",
    "1024Ki,1Mi",
    "1.5Gi,1536Mi",
    "0.5Ki,512",
    "0.25Ki,256",
    "1000Ki,1000Ki",
    "2048Mi,2Gi",
    "1Ti,1Ti",
    "1Pi,1Pi",
    "1Ei,1Ei",
    "0.0001Ki,102400u",
    "-1.5Gi,-1536Mi",
    "100Ei,9223372036854775807",
    "1.3Ki,1331200m",
    "1e3,1e3",
    "1E3,1e3",
    "12e6,12e6",
    "1e0,1",
    "1e-3,1e-3",
    "100e1,1e3",
    "1.5e3,1500",
    "10e4,100e3",
  })
  void printsTheCanonicalForm(String text, String canonical) {
    assertEquals(canonical, Quantity.parse(text).toString());
    assertEquals(0, Quantity.parse(canonical).compareTo(Quantity.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "aoeu", "1.1.M", "1+1.0M", "m", ".", "+", "1x", "--1", "1e+-3"})
  void refusesWhatIsNoQuantity(String text) {
    assertEquals(
        "quantities must match the regular expression"
            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        assertThrows(ApiException.class, () -> Quantity.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1mi",
        "1i",
        ".5i",
        "1K",
        "1ki",
        "1mm",
        "1KiKi",
        "3e-",
        "1e99999999999",
        "1e1000"
      })
  void refusesSuffixesItDoesNotKnow(String text) {
    assertEquals(
        "unable to parse quantity's suffix",
        assertThrows(ApiException.class, () -> Quantity.parse(text)).getMessage());
  }

  @Test
  void refusesTextOfAbsurdLength() {
    var text = "9".repeat(1_000_000);
    assertEquals(
        "unable to parse numeric part of quantity",
        assertThrows(ApiException.class, () -> Quantity.parse(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1000",
    "100m,1,100",
    "1500m,2,1500",
    "1n,1,1",
    "1Gi,1073741824,1073741824000",
    "-1500m,-2,-1500",
    "8E,8000000000000000000,9223372036854775807",
    "1e999,9223372036854775807,9223372036854775807"
  })
  void givesWholeUnitsAndThousandths(String text, long value, long millis) {
    assertEquals(value, Quantity.parse(text).value());
    assertEquals(millis, Quantity.parse(text).millis());
  }

  @ParameterizedTest
  @CsvSource({
    "1,500m,1500m,500m",
    "1Gi,1Mi,1025Mi,1023Mi",
    "0,1Gi,1Gi,-1Gi",
    "1Gi,1G,2073741824,73741824",
    "100m,900m,1,-800m"
  })
  void addsAndSubtractsExactly(String left, String right, String sum, String difference) {
    var quantity = Quantity.parse(left);
    assertEquals(sum, quantity.plus(Quantity.parse(right)).toString());
    assertEquals(difference, quantity.minus(Quantity.parse(right)).toString());
  }

  @Test
  void comparesByAmount() {
    assertEquals(Quantity.parse("1024"), Quantity.parse("1Ki"));
    assertEquals(Quantity.parse("1024").hashCode(), Quantity.parse("1Ki").hashCode());
    assertTrue(Quantity.parse("1Ki").compareTo(Quantity.parse("1k")) > 0);
    assertTrue(Quantity.parse("999m").compareTo(Quantity.parse("1")) < 0);
  }

  @Test
  void readsNodesAndNumbers() {
    assertEquals("500m", Quantity.of(DoubleNode.valueOf(0.5)).toString());
    assertEquals("2", Quantity.of(IntNode.valueOf(2)).toString());
    assertEquals("64Mi", Quantity.of(TextNode.valueOf("64Mi")).toString());
    assertEquals("0", Quantity.of(MissingNode.getInstance()).toString());
    assertEquals("250m", Quantity.ofMillis(250).toString());
    assertEquals("2Ki", Quantity.of(2048, Format.BINARY_SI).toString());
    assertEquals("-2Ki", Quantity.of(2048, Format.BINARY_SI).negated().toString());
  }
}
