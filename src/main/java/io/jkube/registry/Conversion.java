package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Between the form that clients of one version (or group) see and the form in the store, for kinds
 * that are served in several over the same objects. Pure; neither way changes what it is given, and
 * there and back is the same but for what one form cannot say.
 */
public interface Conversion {
  /** What is served stands in the store as it is. */
  Conversion NONE =
      new Conversion() {
        @Override
        public ObjectNode toStored(ObjectNode served) {
          return served;
        }

        @Override
        public ObjectNode toServed(ObjectNode stored) {
          return stored;
        }
      };

  ObjectNode toStored(ObjectNode served);

  ObjectNode toServed(ObjectNode stored);
}
