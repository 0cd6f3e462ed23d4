package org.cloudmdirsync.web;

import java.time.ZoneId;
import org.cloudmdirsync.account.DeviceSignIn;

/** Signing in on another device: the code to type there, and then what came of it. */
final class CodePage {
  private CodePage() {}

  static Answer render(String user, DeviceSignIn signIn, ZoneId zone) {
    return Answer.livePage(
        "Sign in with a code",
        "Waiting until you have signed in.",
        Html.of(
            """
            <p>Account: <strong>{}</strong></p>
            <ol>
            <li><p>On any device, open <a href="{}" rel="noreferrer">{}</a>.</p></li>
            <li><p>Type this code: <strong class="code">{}</strong></p></li>
            <li><p>Sign in as {}. This page then says what came of it.</p></li>
            </ol>
            <p class="aside">The code is good until {}.</p>
            <p><a href="/">All accounts</a></p>\
            """,
            user,
            signIn.complete().orElse(signIn.verificationUri()),
            signIn.verificationUri(),
            signIn.userCode(),
            user,
            StatusPage.time(signIn.expiry(), zone)));
  }
}
