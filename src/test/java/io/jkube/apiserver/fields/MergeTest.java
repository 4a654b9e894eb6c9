package io.jkube.apiserver.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of what a configuration makes of an object, and of what it sets. */
final class MergeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // fields and maps are merged, the configuration wins
        "{`spec`:{`type`:`A`,`clusterIP`:`x`}} | {`spec`:{`type`:`B`}} | {`spec`:{`type`:`B`,`clusterIP`:`x`}}",
        "{`metadata`:{`labels`:{`a`:`1`}}} | {`metadata`:{`labels`:{`b`:`2`}}} | {`metadata`:{`labels`:{`a`:`1`,`b`:`2`}}}",
        // atomic maps and lists are replaced
        "{`spec`:{`selector`:{`a`:`1`}}} | {`spec`:{`selector`:{`b`:`2`}}} | {`spec`:{`selector`:{`b`:`2`}}}",
        "{`spec`:{`externalIPs`:[`a`]}} | {`spec`:{`externalIPs`:[`b`]}} | {`spec`:{`externalIPs`:[`b`]}}",
        // sets are joined
        "{`metadata`:{`finalizers`:[`a/a`,`b/b`]}} | {`metadata`:{`finalizers`:[`c/c`,`b/b`]}} | {`metadata`:{`finalizers`:[`a/a`,`c/c`,`b/b`]}}",
        // lists by keys are joined, a key that is left out has its default
        "{`spec`:{`ports`:[{`port`:80,`protocol`:`TCP`,`name`:`w`}]}} | {`spec`:{`ports`:[{`port`:80,`nodePort`:1}]}} | {`spec`:{`ports`:[{`port`:80,`protocol`:`TCP`,`name`:`w`,`nodePort`:1}]}}",
        "{`spec`:{`ports`:[{`port`:80,`protocol`:`TCP`}]}} | {`spec`:{`ports`:[{`port`:80,`protocol`:`UDP`}]}} | {`spec`:{`ports`:[{`port`:80,`protocol`:`TCP`},{`port`:80,`protocol`:`UDP`}]}}",
        // nothing is removed by saying nothing
        "{`spec`:{`type`:`A`}} | {} | {`spec`:{`type`:`A`}}",
        "{`metadata`:{`labels`:{`a`:`1`}}} | {`metadata`:{`labels`:{}}} | {`metadata`:{`labels`:{`a`:`1`}}}",
      })
  void laysAConfigurationOverAnObject(String object, String configuration, String merged) {
    var service = Shapes.service();
    assertEquals(
        Shapes.service(merged),
        new Merge(Shapes.STRUCTURE)
            .merge(service, Shapes.service(object), Shapes.service(configuration)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`spec`:{`type`:`A`}} | {`f:spec`:{`f:type`:{}}}",
        "{`metadata`:{`labels`:{`a`:`1`}}} | {`f:metadata`:{`f:labels`:{`f:a`:{}}}}",
        "{`metadata`:{`labels`:{}}} | {`f:metadata`:{`f:labels`:{}}}",
        "{`spec`:{`selector`:{`a`:`1`}}} | {`f:spec`:{`f:selector`:{}}}",
        "{`metadata`:{`finalizers`:[`a/a`]}} | {`f:metadata`:{`f:finalizers`:{`v:\\`a/a\\``:{}}}}",
        "{`spec`:{`ports`:[{`port`:80}]}} | {`f:spec`:{`f:ports`:{`k:{\\`port\\`:80,\\`protocol\\`:\\`TCP\\`}`:{`.`:{},`f:port`:{}}}}}",
        "{`metadata`:{`ownerReferences`:[{`uid`:`u`,`name`:`n`}]}} | {`f:metadata`:{`f:ownerReferences`:{`k:{\\`uid\\`:\\`u\\`}`:{}}}}",
        // elements with the same keys count once, without their parts
        "{`spec`:{`ports`:[{`port`:80},{`port`:80,`name`:`x`}]}} | {`f:spec`:{`f:ports`:{`k:{\\`port\\`:80,\\`protocol\\`:\\`TCP\\`}`:{}}}}",
      })
  void findsWhatAConfigurationSays(String configuration, String fields) {
    var found =
        FieldCollector.fieldsOf(Shapes.STRUCTURE, Shapes.service(), Shapes.service(configuration));
    assertEquals(FieldSet.parse(Shapes.json(fields)), found.difference(Ownerless.FIELDS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`spec`:{`type`:`A`}} | {`spec`:{`type`:`A`}} | {} | {} | {}",
        "{`spec`:{`type`:`A`}} | {`spec`:{`type`:`B`}} | {} | {`f:spec`:{`f:type`:{}}} | {}",
        "{} | {`metadata`:{`labels`:{`a`:`1`}}} | {} | {} | {`f:metadata`:{`f:labels`:{`.`:{},`f:a`:{}}}}",
        "{`metadata`:{`labels`:{`a`:`1`}}} | {} | {`f:metadata`:{`f:labels`:{`.`:{},`f:a`:{}}}} | {} | {}",
        // a struct is always there, if only with nothing in
        "{} | {`status`:{`loadBalancer`:{`ingress`:[]}}} | {} | {} | {`f:status`:{`f:loadBalancer`:{`f:ingress`:{}}}}",
        "{} | {`spec`:{}} | {} | {} | {}",
        "{`spec`:{`ports`:[{`port`:1}]}} | {`spec`:{`ports`:[{`port`:1,`name`:`x`}]}} | {} | {} | {`f:spec`:{`f:ports`:{`k:{\\`port\\`:1,\\`protocol\\`:\\`TCP\\`}`:{`f:name`:{}}}}}",
        "{`spec`:{`selector`:{`a`:`1`}}} | {`spec`:{`selector`:{`a`:`2`}}} | {} | {`f:spec`:{`f:selector`:{}}} | {}",
        "{`metadata`:{`finalizers`:[`a`,`b`]}} | {`metadata`:{`finalizers`:[`b`,`c`]}} | {`f:metadata`:{`f:finalizers`:{`v:\\`a\\``:{}}}} | {} | {`f:metadata`:{`f:finalizers`:{`v:\\`c\\``:{}}}}",
        // what identifies an object belongs to nobody
        "{} | {`metadata`:{`name`:`n`,`uid`:`u`,`resourceVersion`:`1`,`generation`:2}} | {} | {} | {}",
      })
  void comparesTwoStates(
      String before, String after, String removed, String modified, String added) {
    var comparison =
        Comparer.compare(
            Shapes.STRUCTURE, Shapes.service(), Shapes.service(before), Shapes.service(after));
    assertEquals(FieldSet.parse(Shapes.json(removed)), comparison.removed());
    assertEquals(FieldSet.parse(Shapes.json(modified)), comparison.modified());
    assertEquals(FieldSet.parse(Shapes.json(added)), comparison.added());
  }

  @ParameterizedTest
  @CsvSource({
    "a b c, b, a b c",
    "a b c, c b a, c b a",
    "a b, c, a b c",
    "a b c d, d e b, a c d e b",
    "a, b a, b a",
    "'', a b, a b",
    "a b, '', a b",
    "a x b y c, c b, a x y c b",
  })
  void joinsListsInTheOrderOfTheSecond(String left, String right, String joined) {
    var first = words(left);
    var second = words(right);
    var steps = new ListMerge(first, second).steps();
    var result =
        steps.stream()
            .map(step -> step.right() < 0 ? first.get(step.left()) : second.get(step.right()))
            .toList();
    assertEquals(words(joined), result);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`spec`:{`foo`:1}} | .spec.foo: field not declared in schema",
        "{`spec`:{`type`:1}} | .spec.type: expected string, got &value.valueUnstructured{Value:1}",
        "{`spec`:{`ports`:[{`port`:`x`}]}} | .spec.ports[port=`x`,protocol=`TCP`].port: expected numeric (int or float), got string",
        "{`spec`:{`ports`:{}}} | .spec.ports: expected list, got &{{}}",
        "{`spec`:{`ports`:[{`port`:1},{`port`:1}]}} | .spec.ports: duplicate entries for key [port=1,protocol=`TCP`]",
        "{`spec`:{`ports`:[null]}} | .spec.ports: element 0: associative list with keys may not have a null element",
        "{`metadata`:{`finalizers`:[{}]}} | .metadata.finalizers: element 0: associative list without keys has an element that's a map type",
      })
  void saysWhatDoesNotFitTheSchema(String configuration, String why) {
    assertEquals(
        why.replace('`', '"'),
        TypedConfiguration.check(
            Shapes.STRUCTURE, Shapes.service(), Shapes.service(configuration)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{`a`:{`b`:[1,2]},`c`:1} | {`f:a`:{`f:b`:{}},`f:c`:{}}"})
  void withoutASchemaMapsHavePartsAndListsHaveNone(String object, String fields) {
    var tree = (com.fasterxml.jackson.databind.node.ObjectNode) Shapes.json(object);
    var comparison = Comparer.compare(Shapes.STRUCTURE, null, Json.object(), tree);
    assertEquals(
        FieldSet.parse(Shapes.json(fields)),
        comparison.added().difference(FieldSet.parse(Shapes.json("{`f:a`:{}}"))));
  }
}
