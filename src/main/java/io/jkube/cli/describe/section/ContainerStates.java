package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;

/** How a container is, and how it last ended. */
final class ContainerStates {
  private final Page page;

  ContainerStates(Page page) {
    this.page = page;
  }

  void write(JsonNode status) {
    state("State", status.path("state"));
    if (status.path("lastState").has("terminated")) {
      state("Last State", status.path("lastState"));
    }
    page.field(2, "Ready", status.path("ready").asBoolean() ? "True" : "False");
    page.field(2, "Restart Count", status.path("restartCount").asInt());
  }

  private void state(String title, JsonNode state) {
    if (state.has("running")) {
      page.field(2, title, "Running");
      page.field(3, "Started", page.time(state.path("running").path("startedAt")));
    } else if (state.has("terminated")) {
      page.field(2, title, "Terminated");
      terminated(state.path("terminated"));
    } else {
      page.field(2, title, "Waiting");
      page.optional(3, "Reason", state.path("waiting").path("reason").asText());
    }
  }

  private void terminated(JsonNode state) {
    page.optional(3, "Reason", state.path("reason").asText());
    page.optional(3, "Message", state.path("message").asText());
    page.field(3, "Exit Code", state.path("exitCode").asInt());
    if (state.path("signal").asInt() > 0) {
      page.field(3, "Signal", state.path("signal").asInt());
    }
    page.field(3, "Started", page.time(state.path("startedAt")));
    page.field(3, "Finished", page.time(state.path("finishedAt")));
  }
}
