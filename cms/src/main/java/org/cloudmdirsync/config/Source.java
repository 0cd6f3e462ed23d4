package org.cloudmdirsync.config;

/**
 * A configuration file.
 *
 * @param name as the user named it
 * @param text its line ends are {@code \n}, a byte order mark is gone
 */
record Source(String name, String text) {

  Source {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    text = body.replace("\r\n", "\n").replace('\r', '\n');
  }
}
