package io.jkube.apiserver.discovery;

import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.ResourceCatalog;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The discovery documents of a catalog and of other servers, as they are when somebody asks. */
public final class Discovery {
  private final ResourceCatalog catalog;
  private final Supplier<List<OtherVersion>> others;
  private volatile Served served;

  /**
   * @param others what other servers serve; the same list until it is something else
   */
  public Discovery(ResourceCatalog catalog, Supplier<List<OtherVersion>> others) {
    this.catalog = catalog;
    this.others = others;
  }

  /** The documents of one state. */
  private Served served() {
    var all = catalog.all();
    var elsewhere = others.get();
    var known = served;
    if (known == null || known.definitions() != all || known.others() != elsewhere) {
      known = Served.of(all, elsewhere);
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
