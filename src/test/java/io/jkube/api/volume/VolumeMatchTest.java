package io.jkube.api.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumeMatchTest {
  /** A volume is written as name, size, class, modes and what is special about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "the smallest that is large enough | 2Gi |   | RWO | a:1Gi::RWO b:5Gi::RWO c:3Gi::RWO | c",
        "none is large enough              | 9Gi |   | RWO | a:1Gi::RWO b:5Gi::RWO           | -",
        "of the same class only            | 1Gi | x | RWO | a:1Gi::RWO b:2Gi:x:RWO          | b",
        "no class is a class of its own    | 1Gi |   | RWO | a:1Gi:x:RWO                     | -",
        "with every mode                   | 1Gi |   | RWX | a:1Gi::RWO b:2Gi::RWO,RWX       | b",
        "binary and decimal sizes compare  | 1Gi |   | RWO | a:1G::RWO b:1100M::RWO          | b",
        "the reserved one before a smaller | 1Gi |   | RWO | a:1Gi::RWO b:8Gi::RWO:mine      | b",
        "reserved is enough, modes aside   | 1Gi |   | RWX | b:8Gi::RWO:mine                 | b",
        "reserved for somebody else        | 1Gi |   | RWO | a:1Gi::RWO:other                | -",
        "of an earlier claim of that name  | 1Gi |   | RWO | a:1Gi::RWO:earlier              | -",
        "released, not yet looked at       | 1Gi |   | RWO | a:1Gi::RWO:released             | -",
        "on its way out                    | 1Gi |   | RWO | a:1Gi::RWO:going                | -",
        "a device for one who wants files  | 1Gi |   | RWO | a:1Gi::RWO:block                | -",
        "with the labels that are wanted   | 1Gi | sel | RWO | a:1Gi:sel:RWO b:2Gi:sel:RWO:fast | b",
      })
  void best(String why, String size, String className, String mode, String all, String expected) {
    var claim = claim(size, className == null ? "" : className, mode);
    var volumes = Arrays.stream(all.split(" ")).map(VolumeMatchTest::volume).toList();
    var best = VolumeMatch.best(claim, volumes, volume -> true);
    assertEquals(expected, best.map(each -> Json.key(each).name()).orElse(null), why);
  }

  @Test
  void aVolumeOutOfReachIsNoVolume() {
    var claim = claim("1Gi", "", "RWO");
    var near = volume("near:4Gi::RWO");
    var far = volume("far:1Gi::RWO");
    var best = VolumeMatch.best(claim, java.util.List.of(near, far), each -> each.equals(near));
    assertEquals(near, best.orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:1Gi::RWO       | requested PV is too small",
        "a:2Gi:x:RWO      | storageClassName does not match",
        "a:2Gi::RWO:block | incompatible volumeMode",
        "a:2Gi::ROX       | incompatible accessMode",
        "a:2Gi::RWO:going | the volume is marked for deletion \"a\"",
        "a:2Gi::RWO       | ''",
      })
  void mismatch(String volume, String expected) {
    var why = VolumeMatch.mismatch(volume(volume), claim("2Gi", "", "RWO"));
    assertEquals(expected, why.orElse(""));
  }

  private static ObjectNode claim(String size, String className, String mode) {
    var selector = className.equals("sel") ? ",'selector':{'matchLabels':{'fast':'yes'}}" : "";
    return json(
        "{'metadata':{'namespace':'n','name':'c','uid':'u'},'spec':{'storageClassName':'"
            + className
            + "','accessModes':['"
            + mode
            + "'],'resources':{'requests':{'storage':'"
            + size
            + "'}}"
            + selector
            + "}}");
  }

  private static ObjectNode volume(String text) {
    var parts = (text + ":").split(":", -1);
    var volume =
        json(
            "{'metadata':{'name':'%s'},'status':{'phase':'Available'},'spec':{'capacity':{'storage':'%s'},'storageClassName':'%s','accessModes':['%s']}}"
                .formatted(parts[0], parts[1], parts[2], parts[3].replace(",", "','")));
    switch (parts[4]) {
      case "mine" -> reference(volume, "");
      case "other" -> reference(volume, "").put("name", "other");
      case "earlier" -> reference(volume, "earlier");
      case "released" -> volume.withObject("status").put("phase", "Released");
      case "going" -> volume.withObject("metadata").put("deletionTimestamp", "now");
      case "block" -> volume.withObject("spec").put("volumeMode", "Block");
      case "fast" -> volume.withObject("metadata").withObject("labels").put("fast", "yes");
      default -> {}
    }
    return volume;
  }

  private static ObjectNode reference(ObjectNode volume, String uid) {
    var reference = volume.withObject("spec").putObject("claimRef");
    return reference.put("namespace", "n").put("name", "c").put("uid", uid);
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
