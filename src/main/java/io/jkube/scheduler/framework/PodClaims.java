package io.jkube.scheduler.framework;

import io.jkube.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/** The claims that a pod's volumes stand for. */
public final class PodClaims {
  /**
   * @param own whether the claim is made for this pod alone
   */
  public record Claim(ObjectKey key, boolean own) {}

  private PodClaims() {}

  public static List<Claim> of(PodInfo pod) {
    var claims = new ArrayList<Claim>();
    for (var volume : pod.object().path("spec").path("volumes")) {
      if (volume.has("persistentVolumeClaim")) {
        var name = volume.path("persistentVolumeClaim").path("claimName").asText();
        claims.add(new Claim(new ObjectKey(pod.key().namespace(), name), false));
      } else if (volume.has("ephemeral")) {
        var name = pod.key().name() + "-" + volume.path("name").asText();
        claims.add(new Claim(new ObjectKey(pod.key().namespace(), name), true));
      }
    }
    return claims;
  }
}
