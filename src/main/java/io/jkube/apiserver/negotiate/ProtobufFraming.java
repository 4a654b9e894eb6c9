package io.jkube.apiserver.negotiate;

import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.WatchFeed;

/** Watch events in protobuf, each with its length before it. */
record ProtobufFraming(ProtobufCodec codec) implements WatchFeed.Framing {
  @Override
  public String contentType() {
    return MediaType.PROTOBUF + ";stream=watch";
  }

  @Override
  public byte[] encode(WatchFeed.Event event) {
    return codec.encodeEvent(event.type(), event.object());
  }
}
