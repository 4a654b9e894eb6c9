package io.jkube.registry.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.structural.Structural;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions as Kubernetes has them, with its functions. */
final class CelTest {
  private static final Structural SCHEMA =
      Structural.read(
          json(
              "{'type':'object','properties':{'spec':{'type':'object','properties':{"
                  + "'n':{'type':'integer'},'ratio':{'type':'number'},'name':{'type':'string'},"
                  + "'when':{'type':'string','format':'date-time'},"
                  + "'wait':{'type':'string','format':'duration'},"
                  + "'max-surge':{'x-kubernetes-int-or-string':true},'namespace':{'type':'string'},"
                  + "'list':{'type':'array','items':{'type':'string'}},"
                  + "'map':{'type':'object','additionalProperties':{'type':'integer'}}}}}}"));
  private static final ObjectNode OBJECT =
      json(
          "{'apiVersion':'v1','kind':'K','metadata':{'name':'x','labels':{'a':'b'}},'spec':{'n':3,"
              + "'ratio':2,'name':'web','when':'2026-01-02T03:04:05Z','wait':'1h30m',"
              + "'max-surge':'25%','namespace':'ns','list':['b','a'],'map':{'in':1}}}");

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static final CelEnvironment TYPED =
      CelEnvironment.builder().variable("self", SCHEMA, true).build();
  private static final CelEnvironment UNTYPED =
      CelEnvironment.builder().variable("object").variable("params").build();

  private static CelValue typed(String expression) {
    return TYPED
        .compile(expression, ResultType.ANY)
        .evaluate(Map.of("self", OBJECT), CelBudget.usual());
  }

  private static CelProblem problem(CelEnvironment environment, String expression) {
    return assertThrows(CelProblem.class, () -> environment.compile(expression, ResultType.BOOL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.spec.n > 2 && self.spec.name.startsWith('w')",
        "self.spec.ratio == 2.0 && self.spec.ratio < self.spec.n",
        "self.spec.when < timestamp('2027-01-01T00:00:00Z')",
        "self.spec.wait == duration('90m')",
        "self.spec.max__dash__surge == '25%' || self.spec.max__dash__surge == 1",
        "self.spec.__namespace__ == 'ns'",
        "self.spec.map['in'] == 1 && self.spec.map.all(k, self.spec.map[k] > 0)",
        "self.metadata.name == 'x' && self.kind == 'K'",
        "!has(self.spec.foo) || true",
        "self.spec.list.exists(e, e == 'a') && !self.spec.list.isSorted()",
        "[1, 2, 3].sum() == 6 && [1.5, 2.5].sum() == 4.0 && [3, 1].min() == 1 && [3, 1].max() == 3",
        "['a', 'b', 'a'].indexOf('a') == 0 && ['a', 'b', 'a'].lastIndexOf('a') == 2",
        "'abc 123'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]') == ['1', '2']",
        "'%s is %d, %.2f'.format(['x', 3, 1.5]) == 'x is 3, 1.50'",
        "url('https://a.b:80/c?d=e&d=f').getHost() == 'a.b:80' && isURL('/x') && !isURL('x')",
        "url('https://a.b:80/c?d=e&d=f').getQuery()['d'] == ['e', 'f']",
        "ip('10.0.0.1').family() == 4 && isIP('::1') && !isIP('1.2') && ip('::1').isLoopback()",
        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
        "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16')) && string(ip('fe80::1')) == 'fe80::1'",
        "quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('2').add(1) == quantity('3')",
        "isQuantity('1k') && !isQuantity('x') && quantity('50M').asInteger() == 50000000",
        "semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) && isSemver('1.0.0') && !isSemver('1.0')",
        "semver('v1.2', true).minor() == 2",
        "!format.dns1123Label().validate('ok').hasValue() && format.named('uuid').hasValue()",
        "format.dns1123Label().validate('Not Ok').hasValue()",
        "sets.contains([1, 2, 3], [2]) && cel.bind(x, self.spec.n, x * x) == 9",
        "self.spec.?name.orValue('') == 'web' && 'A,B'.lowerAscii().split(',') == ['a', 'b']",
        "{'a': 1}.all(k, v, v == 1)",
        "jsonpatch.escapeKey('k8s.io/a~b') == 'k8s.io~1a~0b'",
      })
  void holds(String expression) {
    if (expression.contains("self.spec.foo")) {
      assertTrue(problem(TYPED, expression).getMessage().contains("undefined field 'foo'"));
      return;
    }
    assertTrue(typed(expression).truth(), expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "self.spec.nam == 'x'|undefined field 'nam'",
        "self.spec.n|must evaluate to bool",
        "dyn(self.spec.n)|must evaluate to bool",
        "other == 1|undeclared reference to 'other'",
        "self.spec.n + 'a' == ''|found no matching overload for '_+_' applied to '(int, string)'",
        "self.spec.n ==|compilation failed: ERROR: <input>:1:15",
      })
  void whatIsWrongIsFoundBeforeAnyObject(String expression, String words) {
    var problem = problem(TYPED, expression);
    assertEquals(CelProblem.Kind.COMPILATION, problem.kind());
    assertTrue(problem.getMessage().contains(words), problem.getMessage());
  }

  @Test
  void whatAnObjectLacksIsAnErrorInUpstreamsWords() {
    var program = UNTYPED.compile("object.spec.foo.bar == 1", ResultType.BOOL);
    var problem =
        assertThrows(
            CelProblem.class, () -> program.evaluate(Map.of("object", OBJECT), CelBudget.usual()));
    assertEquals("no such key: foo", problem.getMessage());
    assertTrue(program.uses("object"));
    assertFalse(program.uses("params"));
  }

  @Test
  void resultsAreTreesAndVariables() {
    var made =
        UNTYPED
            .compile(
                "{'list': object.spec.list.map(e, e + '!'), 'n': object.spec.n}", ResultType.ANY)
            .evaluate(Map.of("object", OBJECT), CelBudget.usual());
    assertEquals(
        json("{'list':['b!','a!'],'n':3}").toString(), made.json().toString(), "3 as any number");
    var used =
        UNTYPED
            .compile("params.n == 3", ResultType.BOOL)
            .evaluate(Map.of("params", made), CelBudget.usual());
    assertTrue(used.truth());
    assertEquals("web", typed("self.spec.name").text());
    assertEquals("\"5400s\"", typed("self.spec.wait").json().toString());
  }

  @Test
  void aVariableMayBeAbsent() {
    var environment =
        CelEnvironment.builder()
            .variable("self", SCHEMA, true)
            .optional("oldSelf", SCHEMA, true)
            .build();
    var program =
        environment.compile("!oldSelf.hasValue() || oldSelf.value().spec.n == 3", ResultType.BOOL);
    for (var old : new Optional<?>[] {Optional.empty(), Optional.of(OBJECT)}) {
      var values = Map.of("self", OBJECT, "oldSelf", old);
      assertTrue(program.evaluate(values, CelBudget.usual()).truth());
    }
  }

  @Test
  void workIsLimited() {
    var program =
        UNTYPED.compile("object.spec.list.all(a, object.spec.list.all(b, true))", ResultType.BOOL);
    var call = new CelBudget(1000, 20);
    var problem =
        assertThrows(CelProblem.class, () -> program.evaluate(Map.of("object", OBJECT), call));
    assertEquals(CelProblem.Kind.CALL_COST, problem.kind());
    var all = new CelBudget(20, 1000);
    assertEquals(
        CelProblem.Kind.BUDGET,
        assertThrows(CelProblem.class, () -> program.evaluate(Map.of("object", OBJECT), all))
            .kind());
    assertTrue(all.isSpent());
  }

  private static boolean affordable(String expression, long steps) {
    var program = TYPED.compile(expression, ResultType.ANY);
    try {
      program.evaluate(Map.of("self", OBJECT), new CelBudget(1_000_000, steps));
      return true;
    } catch (CelProblem over) {
      assertEquals(CelProblem.Kind.CALL_COST, over.kind());
      return false;
    }
  }

  /** As upstream's table of what each kind of step, and each function, costs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true|0",
        "true && !false|1",
        "self.spec.n > 2|4",
        "has(self.spec.n)|2",
        "true ? self.spec.n : 1|3",
        "[1, 2]|10",
        "{'a': 1}|30",
        "1 in [1, 2, 3]|13",
        "self.spec.map['in']|4",
        "'0123456789abcdef'.startsWith('0')|2",
        "'0123456789abcdef' == '0123456789abcdef'|2",
        "'0123456789abcdef' + 'x'|2",
        "'0123456789abcdef'.contains('0123456789a')|4",
        "'0123456789abcdef'.matches('^[0-9a-f]+$')|6",
        "'0123456789abcdef'.find('^[0-9a-f]+$')|6",
        "'0123456789abcdef'.replace('0', '1')|4",
        "'0123456789abcdef'.upperAscii()|2",
        "['a', 'b'].join(',')|11",
        "[1, 2, 3].sum()|13",
        "cidr('10.0.0.0/8').containsIP('10.0.0.0')|3",
        "quantity('12345678901Mi').isGreaterThan(quantity('1'))|4",
        "format.dns1123Label().validate('abc')|9",
        "[1, 2].all(x, x > 0)|21",
        "sets.contains([1, 2, 3, 4], [2, 3])|29",
        "sets.equivalent([1, 2], [2, 1])|29",
      })
  void evaluationCosts(String expression, long steps) {
    long least = 0;
    while (!affordable(expression, least)) {
      least++;
    }
    assertEquals(steps, least, expression);
  }
}
