package org.cloudmdirsync.client;

import java.util.Optional;

/** What the client needs of the machine it runs on: the JVM, or nothing but the C library. */
public interface Platform {

  /** What the program runs on, for {@code --version}. */
  String runtime();

  /** An environment variable; empty also if it is set to nothing. */
  Optional<String> environment(String name);

  /** Whether something is at that path, whatever it is. */
  boolean exists(String path);

  /**
   * Connects to a UNIX socket, sends the request, closes the write side and reads to the end of
   * file.
   *
   * @param patienceMillis for all of it together
   * @param longestAnswer in bytes; more is not read
   */
  Exchange exchange(String socket, byte[] request, int patienceMillis, int longestAnswer);

  /**
   * What standard input holds, up to its end.
   *
   * @param longest in bytes; what is beyond is not read
   */
  byte[] input(int longest);

  /**
   * Writes to standard output in one piece.
   *
   * @return why that did not work, such as {@code No space left on device}
   */
  Optional<String> print(byte[] bytes);

  /** Writes lines to standard error, as far as that works. */
  void complain(String lines);

  /**
   * Tries the user's token on a mail server.
   *
   * @param arguments the whole command line, for a platform that lets another program do it
   * @return the exit status
   */
  int tryMail(String[] arguments, Options options, String socket);
}
