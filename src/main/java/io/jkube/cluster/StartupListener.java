package io.jkube.cluster;

import java.time.Duration;

/** Hears how a cluster comes up. Called from the steps' threads, one call at a time. */
public interface StartupListener {
  /** Hears nothing. */
  StartupListener SILENT =
      new StartupListener() {
        @Override
        public void begun(String step) {}

        @Override
        public void done(String step, Duration took) {}

        @Override
        public void told(String step, String text) {}
      };

  void begun(String step);

  void done(String step, Duration took);

  /** A step has something to say that a person wants to know: another port, an installation. */
  void told(String step, String text);
}
