package org.cloudmdirsync.simulator;

/** The pretend cloud as one object: opened with free ports on loopback, closed as a whole. */
public final class Simulator {
  private Simulator() {}
}
