package com.cluedin.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/// How jobs and their runs are named.
///
/// A job id begins with its instant in milliseconds, so ids sort by time (the layout of UUID
/// version 7 and 8, RFC 9562), and ends in three zero digits. The id of its run n is the same id
/// with n in those digits: `…-93a8be12a000` is a job, `…-93a8be12a002` its second run.
public final class JobIds {

  /// The largest attempt a run id can name.
  public static final int MAX_ATTEMPT = 0xFFF;

  /// By time, and as PostgreSQL orders them: as unsigned numbers, which `UUID.compareTo` does not.
  public static final Comparator<UUID> ORDER =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private static final SecureRandom RANDOM = new SecureRandom();

  private JobIds() {}

  /// The id of the job for one occurrence. The same job type and instant give the same id, whoever
  /// asks and however often: an occurrence has one job, for ever.
  public static UUID ofOccurrence(JobTypeId jobType, Instant scheduledFor) {
    byte[] name = (jobType + "@" + scheduledFor).getBytes(UTF_8);
    return of(scheduledFor, 8, ByteBuffer.wrap(sha256(name)));
  }

  /// A new id for a job somebody asks for now.
  public static UUID ofRequest(Instant now) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return of(now, 7, ByteBuffer.wrap(random));
  }

  /// The id of a job's run.
  ///
  /// @param attempt 1 to {@link #MAX_ATTEMPT}
  public static UUID run(UUID jobId, int attempt) {
    requireAttempt(attempt);
    return new UUID(
        jobId.getMostSignificantBits(), jobOf(jobId).getLeastSignificantBits() | attempt);
  }

  /// The job of a run; a job's id gives itself.
  public static UUID jobOf(UUID runId) {
    return new UUID(
        runId.getMostSignificantBits(), runId.getLeastSignificantBits() & ~(long) MAX_ATTEMPT);
  }

  /// Which run of its job it is; 0 for a job's own id.
  public static int attemptOf(UUID runId) {
    return (int) (runId.getLeastSignificantBits() & MAX_ATTEMPT);
  }

  /// The first attempt of the record that such a run belongs to: 1, 11, 21, …
  public static int firstAttemptOfRecord(int attempt) {
    return attempt - (attempt - 1) % JobEvent.ATTEMPTS_OF_A_RECORD;
  }

  static void requireAttempt(int attempt) {
    if (attempt < 1 || attempt > MAX_ATTEMPT) {
      throw new IllegalArgumentException(
          "attempt must be 1 to " + MAX_ATTEMPT + ", not " + attempt);
    }
  }

  private static UUID of(Instant at, int version, ByteBuffer bits) {
    long high = at.toEpochMilli() << 16 | (long) version << 12 | bits.getLong() & 0xFFF;
    long low = 0b10L << 62 | bits.getLong() >>> 2;
    return jobOf(new UUID(high, low));
  }

  private static byte[] sha256(byte[] name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
