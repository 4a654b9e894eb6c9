package io.jkube.apiserver.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.schema.MergeRule;
import io.jkube.registry.schema.SchemaSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of patches: what was, the patch, what is. JSON with single quotes, bars between. */
final class PatchTest {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");

  /** Containers and volumes by name, ports of a container by number, finalizers as a set. */
  private static final SchemaSource SCHEMAS =
      new SchemaSource() {
        @Override
        public MergeRule mergeRule(GroupVersionKind kind, List<String> path) {
          return switch (String.join(".", path)) {
            case "containers", "volumes" -> MergeRule.byKey("name");
            case "containers.ports" -> MergeRule.byKey("containerPort");
            case "finalizers" -> MergeRule.SET;
            default -> MergeRule.ATOMIC;
          };
        }
      };

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.trim().replace('`', '"'));
    } catch (IOException malformed) {
      throw new AssertionError(text, malformed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`a`:`b`} | {`a`:`c`} | {`a`:`c`}",
        "{`a`:`b`} | {`b`:`c`} | {`a`:`b`,`b`:`c`}",
        "{`a`:`b`} | {`a`:null} | {}",
        "{`a`:`b`,`b`:`c`} | {`a`:null} | {`b`:`c`}",
        "{`a`:[`b`]} | {`a`:`c`} | {`a`:`c`}",
        "{`a`:`c`} | {`a`:[`b`]} | {`a`:[`b`]}",
        "{`a`:{`b`:`c`}} | {`a`:{`b`:`d`,`c`:null}} | {`a`:{`b`:`d`}}",
        "{`a`:[{`b`:`c`}]} | {`a`:[1]} | {`a`:[1]}",
        "[`a`,`b`] | [`c`,`d`] | [`c`,`d`]",
        "{`a`:`b`} | [`c`] | [`c`]",
        "{`a`:`foo`} | null | null",
        "{`a`:`foo`} | `bar` | `bar`",
        "{`e`:null} | {`a`:1} | {`e`:null,`a`:1}",
        "[1,2] | {`a`:`b`,`c`:null} | {`a`:`b`}",
        "{} | {`a`:{`bb`:{`ccc`:null}}} | {`a`:{`bb`:{}}}"
      })
  void mergePatch(String before, String patch, String after) {
    assertEquals(json(after), MergePatch.apply(json(before), json(patch)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`a`:1} | [{`op`:`add`,`path`:`/b`,`value`:2}] | {`a`:1,`b`:2}",
        "{`a`:[1,3]} | [{`op`:`add`,`path`:`/a/1`,`value`:2}] | {`a`:[1,2,3]}",
        "{`a`:[1]} | [{`op`:`add`,`path`:`/a/-`,`value`:2}] | {`a`:[1,2]}",
        "{`a`:1,`b`:2} | [{`op`:`remove`,`path`:`/a`}] | {`b`:2}",
        "{`a`:[1,2,3]} | [{`op`:`remove`,`path`:`/a/1`}] | {`a`:[1,3]}",
        "{`a`:1} | [{`op`:`replace`,`path`:`/a`,`value`:2}] | {`a`:2}",
        "{`a`:{`b`:1},`c`:{}} | [{`op`:`move`,`from`:`/a/b`,`path`:`/c/d`}] | {`a`:{},`c`:{`d`:1}}",
        "{`a`:[1,2,3]} | [{`op`:`move`,`from`:`/a/0`,`path`:`/a/2`}] | {`a`:[2,3,1]}",
        "{`a`:{`b`:1}} | [{`op`:`copy`,`from`:`/a`,`path`:`/c`}] | {`a`:{`b`:1},`c`:{`b`:1}}",
        "{`a`:1} | [{`op`:`test`,`path`:`/a`,`value`:1.0}] | {`a`:1}",
        "{`a/b`:1,`c~d`:2} | [{`op`:`remove`,`path`:`/a~1b`},{`op`:`remove`,`path`:`/c~0d`}] | {}",
        "{`a`:1} | [{`op`:`replace`,`path`:``,`value`:{`b`:1}}] | {`b`:1}",
        "{`a`:1} | [{`op`:`add`,`path`:`/a`,`value`:null}] | {`a`:null}",
        "{`a`:null} | [{`op`:`test`,`path`:`/a`,`value`:null}] | {`a`:null}",
        "{``:1} | [{`op`:`remove`,`path`:`/`}] | {}"
      })
  void jsonPatch(String before, String patch, String after) {
    assertEquals(json(after), JsonPatch.apply(json(before), json(patch)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`a`:1} | [{`op`:`remove`,`path`:`/b`}]",
        "{`a`:1} | [{`op`:`replace`,`path`:`/b`,`value`:1}]",
        "{`a`:1} | [{`op`:`add`,`path`:`/b/c`,`value`:1}]",
        "{`a`:[1]} | [{`op`:`add`,`path`:`/a/2`,`value`:1}]",
        "{`a`:[1]} | [{`op`:`remove`,`path`:`/a/01`}]",
        "{`a`:[1]} | [{`op`:`remove`,`path`:`/a/-`}]",
        "{`a`:1} | [{`op`:`test`,`path`:`/a`,`value`:`1`}]",
        "{`a`:{`b`:1}} | [{`op`:`move`,`from`:`/a`,`path`:`/a/b`}]",
        "{`a`:1} | [{`op`:`spam`,`path`:`/a`}]",
        "{`a`:1} | [{`op`:`add`,`path`:`/a`}]",
        "{`a`:1} | [{`op`:`add`,`path`:`a`,`value`:1}]",
        "{`a`:1} | {`op`:`add`}"
      })
  void jsonPatchesThatDoNotApply(String before, String patch) {
    var tree = json(before);
    assertThrows(ApiException.class, () -> JsonPatch.apply(tree, json(patch)));
    assertEquals(json(before), tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`a`:1} | {`b`:2} | {`a`:1,`b`:2}",
        "{`a`:{`x`:1,`y`:2}} | {`a`:{`x`:null}} | {`a`:{`y`:2}}",
        "{`args`:[1,2]} | {`args`:[3]} | {`args`:[3]}",
        "{`containers`:[{`name`:`a`,`image`:`1`},{`name`:`b`}]} | {`containers`:[{`name`:`a`,`image`:`2`}]} | {`containers`:[{`name`:`a`,`image`:`2`},{`name`:`b`}]}",
        "{`containers`:[{`name`:`a`}]} | {`containers`:[{`name`:`b`}]} | {`containers`:[{`name`:`a`},{`name`:`b`}]}",
        "{`containers`:[{`name`:`a`},{`name`:`b`}]} | {`containers`:[{`name`:`a`,`$patch`:`delete`}]} | {`containers`:[{`name`:`b`}]}",
        "{`containers`:[{`name`:`a`},{`name`:`b`}]} | {`containers`:[{`$patch`:`replace`},{`name`:`c`}]} | {`containers`:[{`name`:`c`}]}",
        "{`containers`:[{`name`:`a`,`ports`:[{`containerPort`:1}]}]} | {`containers`:[{`name`:`a`,`ports`:[{`containerPort`:2}]}]} | {`containers`:[{`name`:`a`,`ports`:[{`containerPort`:1},{`containerPort`:2}]}]}",
        "{`a`:{`x`:1}} | {`a`:{`$patch`:`replace`,`y`:2}} | {`a`:{`y`:2}}",
        "{`a`:{`x`:1},`b`:1} | {`a`:{`$patch`:`delete`}} | {`b`:1}",
        "{`finalizers`:[`a`,`b`]} | {`finalizers`:[`c`,`a`]} | {`finalizers`:[`a`,`b`,`c`]}",
        "{`finalizers`:[`a`,`b`]} | {`$deleteFromPrimitiveList/finalizers`:[`a`]} | {`finalizers`:[`b`]}",
        "{`finalizers`:[`a`,`b`]} | {`$deleteFromPrimitiveList/finalizers`:[`a`],`finalizers`:[`c`]} | {`finalizers`:[`b`,`c`]}",
        "{`containers`:[{`name`:`a`},{`name`:`b`}]} | {`$setElementOrder/containers`:[{`name`:`b`},{`name`:`a`}]} | {`containers`:[{`name`:`b`},{`name`:`a`}]}",
        "{`containers`:[{`name`:`a`},{`name`:`x`},{`name`:`b`}]} | {`$setElementOrder/containers`:[{`name`:`b`},{`name`:`a`},{`name`:`c`}],`containers`:[{`name`:`c`}]} | {`containers`:[{`name`:`b`},{`name`:`a`},{`name`:`x`},{`name`:`c`}]}",
        "{`s`:{`type`:`A`,`a`:1}} | {`s`:{`$retainKeys`:[`type`,`b`],`type`:`B`,`b`:2}} | {`s`:{`type`:`B`,`b`:2}}",
        "{`volumes`:[{`name`:`v`,`emptyDir`:{}}]} | {`volumes`:[{`$retainKeys`:[`name`,`hostPath`],`name`:`v`,`hostPath`:{`path`:`p`}}]} | {`volumes`:[{`name`:`v`,`hostPath`:{`path`:`p`}}]}",
        "{} | {`containers`:[{`name`:`a`}]} | {`containers`:[{`name`:`a`}]}",
        "{} | {`a`:{`b`:null,`c`:1}} | {`a`:{`c`:1}}"
      })
  void strategicMerge(String before, String patch, String after) {
    assertEquals(json(after), strategic(json(before), json(patch)));
  }

  private static ObjectNode strategic(JsonNode before, JsonNode patch) {
    return new StrategicMerge(SCHEMAS, POD).apply((ObjectNode) before, (ObjectNode) patch);
  }

  @Test
  void mergingAnythingWithItselfChangesNothing() {
    var pod =
        json(
            "{`containers`:[{`name`:`a`,`args`:[`x`,`x`],`ports`:[{`containerPort`:1}]},{`name`:`b`}],"
                + "`finalizers`:[`f`,`g`],`a`:{`b`:{`c`:[1,[2]]}},`d`:[],`e`:{}}");
    assertEquals(pod, MergePatch.apply(pod, pod));
    assertEquals(pod, strategic(pod, pod));
    assertEquals(pod, JsonPatch.apply(pod, Json.array()));
  }

  @Test
  void entriesNeedTheirKey() {
    var keyless = json("{`containers`:[{`image`:`i`}]}");
    assertThrows(ApiException.class, () -> strategic(json("{}"), keyless));
    var notAnObject = json("{`containers`:[1]}");
    assertThrows(ApiException.class, () -> strategic(json("{}"), notAnObject));
    var unknown = json("{`$patch`:`spam`}");
    assertThrows(ApiException.class, () -> strategic(json("{}"), unknown));
  }
}
