/**
 * A mail submission client (RFC 5321, 3207, 4954): replies, STARTTLS, AUTH, DATA.
 *
 * <p>Its door is {@code SmtpClient}. It must not know where a token comes from.
 */
@NullMarked
package org.cloudmdirsync.smtp;

import org.jspecify.annotations.NullMarked;
