/** {@code /livez}, {@code /readyz}, {@code /healthz}: named checks, alone or together. */
package io.jkube.apiserver.health;
