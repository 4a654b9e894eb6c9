package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.apiserver.storage.EncodedEvent;
import io.jkube.apiserver.storage.Listing;
import io.jkube.registry.ResourceDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Gives objects, lists and events the representation that the client asked for. Thread-safe. */
public final class Presenter {
  private final Tables tables;
  private final ProtobufCodec protobuf;
  private final WatchFeed.Framing frames;

  public Presenter(InstantSource clock, ProtobufCodec protobuf) {
    this.tables = new Tables(clock);
    this.protobuf = protobuf;
    this.frames = new ProtobufFraming(protobuf);
  }

  private Negotiation negotiate(ResourceCall call) {
    var definition = call.definition();
    boolean tables = definition.verbs().contains(ResourceDefinition.Verb.LIST);
    return Negotiation.of(call.request(), tables, () -> protobuf.serves(definition.kind()));
  }

  /**
   * Makes sure, before anything is changed, that the client can be given the answer.
   *
   * @throws ApiException NotAcceptable
   */
  public void requireAcceptable(ResourceCall call) {
    negotiate(call);
  }

  /** One object. */
  public Document object(ResourceCall call, Document object) {
    return switch (negotiate(call).representation()) {
      case Representation.Plain plain -> object;
      case Representation.Table table -> {
        var shown = tables.table(table.version(), call.definition(), true);
        shown.set("metadata", versionOf(object.tree()));
        tables.addRow(shown, call.definition(), table, object.tree());
        yield new TreeDocument(shown);
      }
      case Representation.Metadata metadata ->
          new TreeDocument(PartialMetadata.of(object.tree(), metadata.version()));
    };
  }

  /** A page of objects. */
  public Document list(ResourceCall call, Listing listing) {
    return switch (negotiate(call).representation()) {
      case Representation.Plain plain -> new ListDocument(call.definition(), listing);
      case Representation.Table table -> {
        var shown = tables.table(table.version(), call.definition(), true);
        shown.set("metadata", ListDocument.metadata(listing));
        for (var item : listing.items()) {
          tables.addRow(shown, call.definition(), table, item.tree());
        }
        yield new TreeDocument(shown);
      }
      case Representation.Metadata metadata -> new TreeDocument(partials(metadata, listing));
    };
  }

  /** A list of what is not stored; it has no revision. */
  public Document list(ResourceCall call, List<ObjectNode> objects) {
    return switch (negotiate(call).representation()) {
      case Representation.Plain plain -> {
        var kind = call.definition().kind();
        var list =
            Json.object()
                .put("kind", call.definition().listKind())
                .put("apiVersion", kind.apiVersion());
        list.putObject("metadata");
        objects.forEach(list.putArray("items")::add);
        yield new TreeDocument(list);
      }
      case Representation.Table table -> {
        var shown = tables.table(table.version(), call.definition(), true);
        objects.forEach(each -> tables.addRow(shown, call.definition(), table, each));
        yield new TreeDocument(shown);
      }
      case Representation.Metadata metadata -> {
        var list =
            Json.object()
                .put("kind", "PartialObjectMetadataList")
                .put("apiVersion", "meta.k8s.io/" + metadata.version());
        list.putObject("metadata");
        var items = list.putArray("items");
        objects.forEach(each -> items.add(PartialMetadata.of(each, metadata.version())));
        yield new TreeDocument(list);
      }
    };
  }

  private static ObjectNode partials(Representation.Metadata metadata, Listing listing) {
    var list =
        Json.object()
            .put("kind", "PartialObjectMetadataList")
            .put("apiVersion", "meta.k8s.io/" + metadata.version());
    list.set("metadata", ListDocument.metadata(listing));
    var items = list.putArray("items");
    for (var item : listing.items()) {
      items.add(PartialMetadata.of(item.tree(), metadata.version()));
    }
    return list;
  }

  /** A watch. */
  public WatchFeed feed(ResourceCall call, WatchFeed feed) {
    return switch (negotiate(call).representation()) {
      case Representation.Plain plain -> feed;
      case Representation.Table table -> new TableFeed(feed, tables, table, call.definition());
      case Representation.Metadata metadata -> new MetadataFeed(feed, metadata.version());
    };
  }

  /** How its events go over a wire. */
  public WatchFeed.Framing framing(ResourceCall call) {
    return switch (negotiate(call).format()) {
      case PROTOBUF -> frames;
      case JSON, YAML -> WatchFeed.Framing.LINES;
    };
  }

  private static ObjectNode versionOf(ObjectNode object) {
    var metadata = Json.object();
    metadata.set("resourceVersion", object.path("metadata").path("resourceVersion"));
    return metadata;
  }

  private static boolean isError(WatchFeed.Event event) {
    return event.type().equals("ERROR");
  }

  /** Events whose objects are tables of one row; the first names the columns. */
  private static final class TableFeed implements WatchFeed {
    private final WatchFeed feed;
    private final Tables tables;
    private final Representation.Table wanted;
    private final ResourceDefinition definition;
    private boolean columnsSent;

    TableFeed(
        WatchFeed feed, Tables tables, Representation.Table wanted, ResourceDefinition definition) {
      this.feed = feed;
      this.tables = tables;
      this.wanted = wanted;
      this.definition = definition;
    }

    @Override
    public List<Event> next() throws InterruptedException {
      var events = new ArrayList<Event>();
      for (var event : feed.next()) {
        events.add(isError(event) ? event : row(event));
      }
      return events;
    }

    private Event row(Event event) {
      var table = tables.table(wanted.version(), definition, !columnsSent);
      columnsSent = true;
      table.set("metadata", versionOf(event.object()));
      if (!event.type().equals("BOOKMARK")) {
        tables.addRow(table, definition, wanted, event.object());
      }
      return new EncodedEvent(event.type(), new TreeDocument(table));
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  /** Events whose objects are metadata only. */
  private record MetadataFeed(WatchFeed feed, String version) implements WatchFeed {
    @Override
    public List<Event> next() throws InterruptedException {
      var events = new ArrayList<Event>();
      for (var event : feed.next()) {
        events.add(isError(event) ? event : partial(event));
      }
      return events;
    }

    private Event partial(Event event) {
      var partial = PartialMetadata.of(event.object(), version);
      return new EncodedEvent(event.type(), new TreeDocument(partial));
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
