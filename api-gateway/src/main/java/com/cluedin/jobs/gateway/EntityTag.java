package com.cluedin.jobs.gateway;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names contents, so that who has them already is not sent them again (RFC 9110, section 8.8.3).
final class EntityTag {

  private static final int BYTES = 12;

  private EntityTag() {}

  /// The same for the same contents, here and in any other gateway. It is a weak one, as contents
  /// may be sent compressed and not.
  static String of(byte[]... contents) {
    return "W/\"" + HexFormat.of().formatHex(sha256(contents), 0, BYTES) + '"';
  }

  static byte[] sha256(byte[]... contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : contents) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
