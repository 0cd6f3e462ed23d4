package org.cloudmdirsync.simulator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator of each test's own, and a visitor to it. */
abstract class WithSimulator {
  Simulator simulator;
  Visitor visitor;

  @BeforeEach
  final void open() throws Exception {
    simulator = Simulator.open(Options.standard());
    visitor = new Visitor(simulator);
  }

  @AfterEach
  final void close() throws Exception {
    simulator.close();
  }
}
