package io.jkube.apiserver.admission.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.quota.Amounts;

/** What one object of a resource uses. */
record Usage(ObjectNode object, Amounts amounts) {}
