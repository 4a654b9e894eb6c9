package io.jkube.cli.get;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.Cli;
import io.jkube.cli.testing.Offline;
import io.jkube.cli.testing.ScriptedApi;
import io.jkube.client.ApiCall;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of any length go through a command page by page. */
final class GetTest {
  private static final int PAGES = 20;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Integer> writtenAtPage = new ArrayList<>();
  private final ScriptedApi api =
      new ScriptedApi().discovery().answer("/api/v1/namespaces/default/pods", this::page);

  private ObjectNode page(ApiCall call) {
    int number = Integer.parseInt(call.query().getOrDefault("continue", List.of("0")).getFirst());
    writtenAtPage.add(out.size());
    var page = ScriptedApi.object("{'kind': 'PodList', 'apiVersion': 'v1', 'metadata': {}}");
    if (number < PAGES - 1) {
      page.withObjectProperty("metadata").put("continue", Integer.toString(number + 1));
    }
    var items = page.putArray("items");
    for (int i = 0; i < 500; i++) {
      var pod = items.addObject();
      pod.putObject("metadata").put("name", "pod-" + number + "-" + i);
    }
    return page;
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml", "name"})
  void whatIsFetchedIsWrittenBeforeMoreIs(String format) {
    int code =
        new Cli().run(List.of("get", "pods", "-o", format), new Offline(api).context(out, err));
    assertEquals(0, code, err::toString);
    assertEquals(PAGES, writtenAtPage.size());
    for (int page = 2; page < PAGES; page++) {
      assertTrue(writtenAtPage.get(page) > writtenAtPage.get(page - 1), "page " + page);
    }
    assertTrue(out.toString().contains("pod-19-499"));
  }

  @Test
  void aSortedListIsFetchedWhole() {
    new Offline(api).run("get pods -o name --sort-by=.metadata.name");
    assertTrue(api.calls().stream().noneMatch(call -> call.query().containsKey("limit")));
  }

  @Test
  void anAnswerThatIsNotWhatWasAskedForSaysWhatWas() {
    assertEquals(
        "Error from server (NotFound): Unable to list \"/v1, Resource=services\":"
            + " /api/v1/namespaces/default/services not found\n",
        new Offline(api).run("get svc -o name").stderr());
  }
}
