package org.cloudmdirsync.dbus;

import java.util.List;

/**
 * What is asked of whom.
 *
 * @param destination the service's name on the bus
 * @param path the object's
 * @param type the interface's name
 * @param member the method's name
 * @param signature the arguments' types; empty when there are none
 * @param arguments one for each type: see {@link Bus}
 */
public record MethodCall(
    String destination,
    String path,
    String type,
    String member,
    String signature,
    List<Object> arguments) {

  /** One without arguments. */
  public MethodCall(String destination, String path, String type, String member) {
    this(destination, path, type, member, "", List.of());
  }
}
