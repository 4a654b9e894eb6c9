package io.jkube.apiserver.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldSetTest {
  private static final long SEED = 20_26;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`f:a`:{}} | .a",
        "{`f:a`:{`.`:{},`f:b`:{}}} | .a .a.b",
        "{`f:a`:{`f:b`:{}}} | .a.b",
        "{`f:l`:{`k:{\\`name\\`:\\`x\\`}`:{`.`:{}}}} | .l[name=`x`]",
        "{`f:l`:{`k:{\\`p\\`:80,\\`n\\`:\\`x\\`}`:{}}} | .l[n=`x`,p=80]",
        "{`f:l`:{`v:\\`x\\``:{},`v:1`:{}}} | .l[=1] .l[=`x`]",
        "{`f:l`:{`i:0`:{}}} | .l[0]",
        "{`z:future`:{},`f:a`:{}} | .a",
        "{} | ``",
      })
  void readsFieldsV1(String text, String paths) {
    var set = FieldSet.parse(Shapes.json(text));
    assertEquals(paths.replace("``", "").replace('`', '"'), String.join(" ", shown(set)));
    assertEquals(set, FieldSet.parse(set.tree()));
  }

  private static List<String> shown(FieldSet set) {
    var paths = new ArrayList<String>();
    set.forEach(
        path -> paths.add(String.join("", path.stream().map(PathElement::display).toList())));
    return paths;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{`f:a`:1}",
        "{`f:a`:null}",
        "{`k:x`:{}}",
        "{`k:[]`:{}}",
        "{`v:`:{}}",
        "{`i:x`:{}}"
      })
  void refusesWhatIsNoFieldsV1(String text) {
    assertThrows(IllegalArgumentException.class, () -> FieldSet.parse(Shapes.json(text)));
  }

  @Test
  void printsFieldsBeforeKeysBeforeValuesAndNumbersByValue() {
    var set =
        FieldSet.parse(
            Shapes.json(
                "{`v:1`:{},`k:{\\`p\\`:443}`:{},`k:{\\`p\\`:80}`:{},`f:b`:{},`f:a`:{`f:c`:{},`.`:{}}}"));
    assertEquals(
        "{`f:a`:{`.`:{},`f:c`:{}},`f:b`:{},`k:{\\`p\\`:80}`:{},`k:{\\`p\\`:443}`:{},`v:1`:{}}",
        set.toString().replace('"', '`'));
  }

  @Test
  void operationsAreThoseOfSets() {
    var random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      var one = paths(random);
      var other = paths(random);
      check(one, other, FieldSet::union, Set::addAll);
      check(one, other, FieldSet::intersection, Set::retainAll);
      check(one, other, FieldSet::difference, Set::removeAll);
      var left = FieldSet.of(one);
      var common = left.intersection(FieldSet.of(other));
      assertEquals(!common.isEmpty(), left.intersects(FieldSet.of(other)), () -> one + " " + other);
      var rest = left.without(FieldSet.of(other));
      rest.forEach(path -> assertTrue(prefixes(path).stream().noneMatch(other::contains)));
    }
  }

  @FunctionalInterface
  private interface Change {
    boolean apply(Set<List<String>> one, Set<List<String>> other);
  }

  private static void check(
      Set<List<String>> one, Set<List<String>> other, BinaryOperator<FieldSet> set, Change plain) {
    var expected = new HashSet<>(one);
    plain.apply(expected, other);
    var result = set.apply(FieldSet.of(one), FieldSet.of(other));
    var found = new HashSet<List<String>>();
    result.forEach(found::add);
    assertEquals(expected, found, () -> one + " and " + other);
    assertEquals(FieldSet.of(expected), result);
    assertEquals(expected.isEmpty(), result.isEmpty());
    expected.forEach(path -> assertTrue(result.has(path)));
    assertFalse(result.has(List.of("f:nowhere")));
  }

  private static Set<List<String>> paths(Random random) {
    var paths = new HashSet<List<String>>();
    for (int i = random.nextInt(6); i > 0; i--) {
      var path = new ArrayList<String>();
      for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
        path.add(List.of("f:a", "f:b", "k:{\"n\":\"x\"}", "v:1").get(random.nextInt(4)));
      }
      paths.add(path);
    }
    return paths;
  }

  private static List<List<String>> prefixes(List<String> path) {
    var prefixes = new ArrayList<List<String>>();
    for (int i = 1; i <= path.size(); i++) {
      prefixes.add(path.subList(0, i));
    }
    return prefixes;
  }
}
