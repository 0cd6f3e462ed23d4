package org.cloudmdirsync.dbus;

import java.io.IOException;

/** A service, or the bus itself, answered with an error. */
public final class ErrorReply extends IOException {
  private static final long serialVersionUID = 1L;

  private final String name;

  ErrorReply(String name, String message) {
    super(message.isEmpty() ? name : message);
    this.name = name;
  }

  /** The error's name, such as {@code org.freedesktop.DBus.Error.ServiceUnknown}. */
  public String name() {
    return name;
  }
}
