package org.cloudmdirsync.sasl;

/** The SASL mechanisms that carry a bearer token. */
public enum Mechanism {
  /** Google's and Microsoft's; documented by both, registered by nobody. */
  XOAUTH2,
  /** RFC 7628. */
  OAUTHBEARER
}
