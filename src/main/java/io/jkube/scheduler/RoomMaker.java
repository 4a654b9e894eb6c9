package io.jkube.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Preemption;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what preemption has decided: victims are told why, then deleted. Thread-safe. */
record RoomMaker(ApiClient client, EventRecorder events, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(RoomMaker.class);

  /** Blocks until the server has answered for each victim; one gone already is no failure. */
  void makeRoom(PodInfo preemptor, Preemption preemption) {
    for (var victim : preemption.victims()) {
      try {
        if (!victim.isBeingDeleted()) {
          client.patch(
              Resources.PODS, victim.key(), "status", Patch.strategic(disruption(preemptor)));
          client.delete(Resources.PODS, victim.key(), DeleteOptions.ofUid(victim.uid()));
        }
        events.normal(
            ObjectReference.to("v1", "Pod", victim.object()),
            "Preempted",
            "Preempted by pod " + preemptor.uid() + " on node " + preemption.node());
      } catch (ApiException refused) {
        if (refused.reason() != StatusReason.NOT_FOUND) {
          LOG.warn("{} is not preempted for {}: {}", victim, preemptor, refused.getMessage());
        }
      }
    }
  }

  private ObjectNode disruption(PodInfo preemptor) {
    var status = Json.object();
    status
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "PreemptionByScheduler")
        .put(
            "message",
            preemptor.schedulerName() + ": preempting to accommodate a higher priority pod")
        .put("lastTransitionTime", Timestamps.seconds(clock.instant()));
    return status;
  }
}
