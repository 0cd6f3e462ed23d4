package org.cloudmdirsync.oauth;

import org.cloudmdirsync.oauth.TokenResponse.Remedy;

/** What a device authorization endpoint said (RFC 8628 section 3.2), or that it was not heard. */
public sealed interface DeviceResponse {

  /** A code for a person to type. */
  record Issued(DeviceAuthorization authorization) implements DeviceResponse {}

  /** Asking again in the same way will not help. */
  record Refused(Remedy remedy, String error, String description) implements DeviceResponse {}

  /** It could not be reached, was busy, or talked nonsense: ask later. */
  record Unavailable(String reason) implements DeviceResponse {}
}
