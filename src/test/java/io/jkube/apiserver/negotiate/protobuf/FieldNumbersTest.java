package io.jkube.apiserver.negotiate.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our numbers against those that are published. */
final class FieldNumbersTest {
  /** What is published has got a field since. */
  private static final String NEWER_THAN_V1_35 = "io.k8s.api.core.v1.VolumeMountStatus";

  private final FieldNumbers numbers = FieldNumbers.load();

  @Test
  void areThePublishedOnes() throws Exception {
    var wrong = new ArrayList<String>();
    int compared = 0;
    for (var published : PublishedDescriptors.all().entrySet()) {
      var entries = numbers.of(published.getKey());
      if (entries == null) {
        continue;
      }
      compared++;
      for (var entry : entries) {
        var field = published.getValue().findFieldByNumber(entry.number());
        if (field == null || !isSame(entry, field.getName())) {
          wrong.add(published.getKey() + " " + entry + " is " + field);
        }
      }
      boolean newer = published.getKey().equals(NEWER_THAN_V1_35);
      if (!newer && published.getValue().getFields().size() != entries.size()) {
        wrong.add(published.getKey() + " has not all fields");
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared > 400, "compared " + compared);
  }

  /** An inline field is named by its type; names of schemas lose what protobuf cannot spell. */
  private static boolean isSame(FieldNumbers.Entry entry, String published) {
    if (entry.inline()) {
      return true;
    }
    return letters(entry.name()).equals(letters(published));
  }

  private static String letters(String name) {
    return name.replaceFirst("^x-kubernetes-", "xKubernetes")
        .replaceAll("[^A-Za-z0-9]", "")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
