package io.jkube.apiserver.admission.webhook;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import java.util.List;

/**
 * The webhooks of one kind of configuration, in the order of the configurations' names: read anew
 * when a configuration changed. A configuration that this server answered holds for its next
 * request. Thread-safe.
 */
final class WebhookSource {
  private final SettledKind configurations;
  private volatile Snapshot snapshot = new Snapshot(-1, List.of());

  private record Snapshot(long revision, List<Webhook> webhooks) {}

  WebhookSource(SettledKind configurations) {
    this.configurations = configurations;
  }

  List<Webhook> current() {
    long revision = configurations.revision();
    var known = snapshot;
    if (known.revision() == revision) {
      return known.webhooks();
    }
    var read = new Snapshot(revision, read());
    snapshot = read;
    return read.webhooks();
  }

  private List<Webhook> read() {
    return configurations.list("").stream()
        .map(StoredObject::tree)
        .flatMap(
            configuration ->
                objects(configuration, "/webhooks").stream()
                    .map(hook -> Webhook.of(text(configuration, "/metadata/name"), hook)))
        .toList();
  }
}
