package org.cloudmdirsync.simulator;

/** What is wrong with the certificate a server shows. */
public enum CertificateKind {
  /** Nothing. */
  GOOD,
  /** Its time ended yesterday. */
  EXPIRED,
  /** It is for another host. */
  WRONG_HOST,
  /** It is signed by an authority nobody trusts. */
  UNTRUSTED
}
