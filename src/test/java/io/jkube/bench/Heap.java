package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What another Java process holds of its heap, as jcmd tells it. */
record Heap(Lab lab, String jcmd) {
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  static Heap find(Lab lab) throws Unmeasurable {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new Unmeasurable("the heap is looked at with jcmd of a JDK");
    }
    return new Heap(lab, jcmd.toString());
  }

  /** After a full collection. */
  double usedKibibytes(long pid) throws IOException {
    var process = Long.toString(pid);
    lab.program().run(List.of(jcmd, process, "GC.run")).expectSuccess();
    var info = lab.program().run(List.of(jcmd, process, "GC.heap_info")).expectSuccess().out();
    return USED.matcher(info).results().mapToDouble(one -> Double.parseDouble(one.group(1))).sum();
  }
}
