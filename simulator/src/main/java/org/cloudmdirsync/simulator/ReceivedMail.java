package org.cloudmdirsync.simulator;

import java.util.List;

/**
 * A message an SMTP server took.
 *
 * @param user who was logged in
 * @param sender the envelope sender without angle brackets
 * @param content as received with dots unstuffed and lines ending in CRLF; one character per byte
 */
public record ReceivedMail(
    MailFlavour server, String user, String sender, List<String> recipients, String content) {}
