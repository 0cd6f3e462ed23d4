package org.cloudmdirsync.web;

/**
 * What became of opening a browser. Print the address in either case: the window may be elsewhere.
 */
public sealed interface BrowserResult {

  /** It runs, or has handed the address on. */
  record Opened(String program) implements BrowserResult {}

  /** The user must open the address by hand; {@code reason} says why, on one line. */
  record NotOpened(String reason) implements BrowserResult {}
}
