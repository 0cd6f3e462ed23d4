package org.cloudmdirsync.oauth;

/**
 * Comparing issuer identifiers: character by character (RFC 9207 section 2.4), but for one
 * template.
 */
final class Issuer {
  /** Microsoft's: whoever signs in has a tenant of their own, so the issuer is not one constant. */
  private static final String TENANT = "{tenantid}";

  private Issuer() {}

  static boolean matches(String expected, String actual) {
    int at = expected.indexOf(TENANT);
    if (at < 0 || expected.equals(actual)) {
      return expected.equals(actual);
    }
    String before = expected.substring(0, at);
    String after = expected.substring(at + TENANT.length());
    return actual.length() > before.length() + after.length()
        && actual.startsWith(before)
        && actual.endsWith(after)
        && actual.substring(at, actual.length() - after.length()).indexOf('/') < 0;
  }
}
