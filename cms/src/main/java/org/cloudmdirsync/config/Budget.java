package org.cloudmdirsync.config;

/** What a configuration may spend: it must end soon and stay small, whatever it says. */
final class Budget {
  /** About a second's work; a large hand-written file takes some thousands. */
  private static final long STEPS = 1_000_000;

  /** Characters and items made, in all: some ten megabytes of memory at the most. */
  private static final long SIZE = 2_000_000;

  /** Evaluations within each other, calls included: well within the smallest stack. */
  private static final int DEPTH = 300;

  /** Plain character work is that much cheaper than an evaluation. */
  private static final long CHARACTERS_PER_STEP = 64;

  private long steps;
  private long size;
  private int depth;

  void step() {
    steps(1);
  }

  private void steps(long more) {
    steps += more;
    if (steps > STEPS) {
      throw new Rejected("the configuration runs too long; it may take " + STEPS + " steps");
    }
  }

  /** Before looking at so many characters. */
  void look(long characters) {
    steps(characters / CHARACTERS_PER_STEP);
  }

  /** Before making something of that size. */
  void make(long characters) {
    if (characters > SIZE - size) {
      throw new Rejected(
          "the configuration makes too much data; " + SIZE + " characters or items may be made");
    }
    size += characters;
    look(characters);
  }

  void enter() {
    step();
    if (++depth > DEPTH) {
      depth--;
      throw new Rejected("the configuration nests too deeply, or a function calls itself");
    }
  }

  void leave() {
    depth--;
  }
}
