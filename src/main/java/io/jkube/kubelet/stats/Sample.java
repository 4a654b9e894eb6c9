package io.jkube.kubelet.stats;

import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;

/** What a container has used so far. */
record Sample(ContainerSummary container, Usage usage) {}
