package com.cluedin.jobs.simulator;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one run of a job will do. Made of the seed, the job's id and the attempt alone: whoever
/// runs it, and however often, sees the same.
///
/// The size of a source belongs to the job, and so does whether it can ever be crawled; speed and
/// passing failures belong to the run.
///
/// @param clues how many there are, 1 or more
/// @param cluesPerSecond how fast they come
/// @param failure what goes wrong, or null when nothing does
record SimulatedJob(long clues, double cluesPerSecond, @Nullable Failure failure) {

  /// @param afterClues how many clues come before, fewer than there are
  record Failure(long afterClues, String error, boolean permanent) {}

  private static final List<String> PASSING =
      List.of(
          "the source answered 503 Service Unavailable after 3 attempts",
          "the source answered 429 Too Many Requests, quota exhausted",
          "connection reset by peer while reading page %d",
          "the source did not answer within 30 s at page %d",
          "page %d ended in the middle of a record");

  private static final List<String> PERMANENT =
      List.of(
          "the source refused the credentials: 401 Unauthorized",
          "the access token was revoked by its owner",
          "the account no longer exists: 410 Gone");

  private static final int CLUES_PER_PAGE = 100;

  /// @param attempt 1 or more
  static SimulatedJob of(SimulatorSettings settings, UUID jobId, int attempt) {
    SplittableRandom job = random(settings.seed(), jobId, 0);
    long clues = Math.max(1, Math.round(settings.clues() * skewed(job)));
    boolean permanent = job.nextDouble() < settings.permanentRate();
    SplittableRandom run = random(settings.seed(), jobId, attempt);
    double speed = settings.cluesPerSecond() * run.nextDouble(0.5, 1.5);
    boolean fails = permanent || run.nextDouble() < settings.failureRate();
    return new SimulatedJob(clues, speed, fails ? failure(clues, permanent, run) : null);
  }

  /// Whom the source refuses gets nothing out of it.
  private static Failure failure(long clues, boolean permanent, SplittableRandom random) {
    long after = permanent ? 0 : random.nextLong(clues);
    List<String> errors = permanent ? PERMANENT : PASSING;
    String error = errors.get(random.nextInt(errors.size()));
    return new Failure(after, error.formatted(after / CLUES_PER_PAGE + 1), permanent);
  }

  /// Around 1 in the mean: most sources are small, some are large, none is ten times the usual.
  private static double skewed(SplittableRandom random) {
    return Math.min(8, 0.1 - 0.9 * Math.log(1 - random.nextDouble()));
  }

  private static SplittableRandom random(long seed, UUID jobId, int attempt) {
    long mixed = seed * 0x9E37_79B9_7F4A_7C15L + attempt;
    mixed = mixed * 31 + jobId.getMostSignificantBits();
    mixed = mixed * 31 + jobId.getLeastSignificantBits();
    return new SplittableRandom(mixed);
  }
}
