package io.jkube.registry.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.Violations;
import io.jkube.registry.structural.Structural;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules cost too much: by upstream's figures. */
final class RuleCostTest {
  private static final String HINT =
      " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays,"
          + " maps, and strings are declared)";

  private static List<String> wrong(String schema) throws IOException {
    var violations = new Violations();
    var tree = (ObjectNode) Json.MAPPER.readTree(schema.replace('\'', '"'));
    RuleValidation.validate(Structural.read(tree), "schema", violations);
    return violations.list().stream().map(each -> each.field() + ": " + each.message()).toList();
  }

  private static String rule(String expression) {
    return "'x-kubernetes-validations':[{'rule':'" + expression.replace("'", "\\u0027") + "'}]";
  }

  private static String tags(String limits, String itemLimits) {
    return "{'type':'object','properties':{'tags':{'type':'array',%s'items':{'type':'string'%s},%s}}}"
        .formatted(limits, itemLimits, rule("self.all(x, x.contains('gpu'))"));
  }

  /** The largest lists that upstream takes, by the length of their items. */
  @ParameterizedTest
  @CsvSource({"16, 909090", "63, 333333", "253, 94339", "1024, 24154"})
  void theLimitIsUpstreams(int length, int items) throws IOException {
    var itemLimits = ",'maxLength':" + length;
    assertEquals(List.of(), wrong(tags("'maxItems':%d,".formatted(items), itemLimits)));
    var over = wrong(tags("'maxItems':%d,".formatted(items + 1), itemLimits));
    assertEquals(1, over.size());
    assertTrue(
        over.getFirst().contains("estimated rule cost exceeds budget by factor of 1.0"),
        over::toString);
  }

  @Test
  void withoutLimitsARuleIsRefusedThreeTimes() throws IOException {
    var at = "schema.properties[tags].x-kubernetes-validations[0].rule: Forbidden: ";
    assertEquals(
        List.of(
            at + "estimated rule cost exceeds budget by factor of more than 100x" + HINT,
            at
                + "contributed to estimated rule cost total exceeding cost limit for entire"
                + " OpenAPIv3 schema",
            "schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire"
                + " OpenAPIv3 schema exceeds budget by factor of more than 100x"
                + HINT),
        wrong(tags("", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "self.n > 1 && self.n < self.m # true",
        "has(self.text) # true",
        "self.text == self.other # true",
        "self.text.startsWith('a') # true",
        "self.text.matches('^[a-z]+$') # true",
        "self.list.all(a, self.list.all(b, a != b || a == b)) # false",
        "self.short.all(a, self.short.exists(b, a == b)) # true",
        "self.list.exists(a, a == 'x') # true",
        "self.map.all(k, k.startsWith('x')) # true",
        "quantity(self.text).isGreaterThan(quantity('1')) # true",
        "self.text in ['a', 'b'] # true",
        "size(self.list) < 3 # true",
      })
  void rulesAreTakenByWhatTheyCanCost(String rule, boolean taken) throws IOException {
    var wrong =
        wrong(
            "{'type':'object','properties':{'n':{'type':'integer'},'m':{'type':'integer'},'text':{'type':'string'},'other':{'type':'string'},"
                + "'list':{'type':'array','items':{'type':'string'}},'short':{'type':'array','maxItems':10,'items':{'type':'string','maxLength':10}},"
                + "'map':{'type':'object','additionalProperties':{'type':'string'}}},"
                + rule(rule)
                + "}");
    assertEquals(taken, wrong.isEmpty(), wrong::toString);
  }

  @Test
  void aRuleInsideAListWithoutEndCountsForEachElement() throws IOException {
    var wrong =
        wrong(
            "{'type':'object','properties':{'list':{'type':'array','items':{'type':'object','properties':{'text':{'type':'string'}},"
                + rule("self.text.contains('abc')")
                + "}}}}");
    assertTrue(wrong.getFirst().contains("more than 100x"), wrong::toString);
  }
}
