package io.jkube.apiserver.discovery;

import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.ResourceCatalog;
import java.util.List;
import java.util.Optional;

/** The discovery documents of a catalog, as it is whenever somebody asks. */
public final class Discovery {
  private final ResourceCatalog catalog;
  private volatile Served served;

  public Discovery(ResourceCatalog catalog) {
    this.catalog = catalog;
  }

  /** The documents of one state of the catalog. */
  private Served served() {
    var all = catalog.all();
    var known = served;
    if (known == null || known.definitions() != all) {
      known = Served.of(all);
      served = known;
    }
    return known;
  }

  /** The document of a path below {@code /api} or {@code /apis}, if there is one. */
  public Optional<Reply> answer(ApiRequest request) {
    return served().answer(request);
  }

  /** The paths for the index at {@code /}. */
  public List<String> paths() {
    return served().paths();
  }
}
