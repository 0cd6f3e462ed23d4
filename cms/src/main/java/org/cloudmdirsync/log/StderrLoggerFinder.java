package org.cloudmdirsync.log;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Hands {@link System#getLogger} a {@link StderrLogger}; found through {@code META-INF/services}.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
  private final ConcurrentMap<String, System.Logger> loggers = new ConcurrentHashMap<>();

  /** Made by the service loader. */
  public StderrLoggerFinder() {}

  @Override
  public System.Logger getLogger(String name, Module module) {
    return loggers.computeIfAbsent(
        name, missing -> new StderrLogger(missing, System.err, System.getenv()));
  }
}
