package org.cloudmdirsync.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of another program, encrypted with a password: a Fernet token (the specification of that
 * name, version 0x80: AES-128-CBC, then HMAC-SHA256) under a key of PBKDF2-HMAC-SHA256 (RFC 8018
 * section 5.2). Read only.
 *
 * @param token base64url
 * @param salt base64
 * @param iterations how often the password is stretched: a million take seconds
 */
public record Fernet(String token, String salt, int iterations) {
  private static final byte VERSION = (byte) 0x80;

  /** After the version, the seconds since 1970, which nobody needs. */
  private static final int IV_AT = 1 + 8;

  private static final int BLOCK = 16;
  private static final int KEY_BITS = 256;
  private static final int MAC_BYTES = 32;

  /** What is inside; empty if the password is another one, or the token damaged. */
  public Optional<Secret> open(Secret password) {
    try {
      byte[] raw = Base64.getUrlDecoder().decode(token);
      if (raw.length < IV_AT + 2 * BLOCK + MAC_BYTES || raw[0] != VERSION) {
        return Optional.empty();
      }
      byte[] key = stretched(password);
      byte[] signed = Arrays.copyOf(raw, raw.length - MAC_BYTES);
      byte[] mac = Arrays.copyOfRange(raw, signed.length, raw.length);
      return MessageDigest.isEqual(mac, mac(Arrays.copyOf(key, BLOCK), signed))
          ? Optional.of(decrypted(Arrays.copyOfRange(key, BLOCK, 2 * BLOCK), signed))
          : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException damaged) {
      return Optional.empty();
    }
  }

  private byte[] stretched(Secret password) throws GeneralSecurityException {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.expose().toCharArray(),
            Base64.getDecoder().decode(salt),
            iterations,
            KEY_BITS);
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
  }

  private static byte[] mac(byte[] key, byte[] signed) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(signed);
  }

  private static Secret decrypted(byte[] key, byte[] signed) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new IvParameterSpec(signed, IV_AT, BLOCK));
    int body = IV_AT + BLOCK;
    return Secret.of(
        new String(cipher.doFinal(signed, body, signed.length - body), StandardCharsets.UTF_8));
  }
}
