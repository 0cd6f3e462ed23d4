package org.cloudmdirsync.account;

import java.nio.file.Path;

/** By what an account comes by its access tokens. */
public sealed interface Grant {

  /**
   * A person signs in; the refresh token that came of it rests in the store (RFC 6749 section 6).
   */
  record Person() implements Grant {}

  /** Nobody: the app itself, with its client secret (RFC 6749 section 4.4). */
  record ClientSecret() implements Grant {}

  /**
   * Nobody: the app itself, with a certificate in place of the secret (RFC 7523 section 2.2).
   *
   * @param certificate a PEM file, registered with the provider
   * @param privateKey its key, a PEM file; read anew for every token, so that it may be renewed
   */
  record Certificate(Path certificate, Path privateKey) implements Grant {}

  /**
   * Nobody: a service account that may act for the user (RFC 7523 section 2.1).
   *
   * @param keyFile JSON, as Google gives it out; read anew for every token
   */
  record ServiceAccount(Path keyFile) implements Grant {}
}
