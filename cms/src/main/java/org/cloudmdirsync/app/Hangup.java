package org.cloudmdirsync.app;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/** SIGHUP, which daemons take for "read the configuration again". */
final class Hangup {
  private static final System.Logger LOG = System.getLogger(Hangup.class.getName());

  private Hangup() {}

  /**
   * Has this done at every SIGHUP; without it the JVM ends the process.
   *
   * <p>{@code sun.misc.Signal} is in every JDK (module {@code jdk.unsupported}), and nothing else
   * catches a signal. The compiler's warning of that name cannot be switched off, so it is looked
   * up.
   */
  static void then(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("HUP"),
              Proxy.newProxyInstance(
                  handler.getClassLoader(),
                  new Class<?>[] {handler},
                  (_, method, _) -> {
                    if (method.getName().equals("handle")) {
                      action.run();
                    }
                    return null;
                  }));
    } catch (ReflectiveOperationException | IllegalArgumentException anotherRuntime) {
      LOG.log(Level.INFO, "SIGHUP ends this daemon, since its Java cannot catch it; use reload");
    }
  }
}
