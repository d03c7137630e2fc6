package com.cluedin.jobs.faults;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/// How many rounds a run of the suite has, and the seed that says which.
///
/// @param rounds of random kills; other faults have a share of that
record Dose(int rounds, long seed) {

  static final Dose GIVEN = given();

  private static final int USUAL_ROUNDS = 30;

  /// The randomness of one fault: the same for the same seed, whichever faults came before.
  SplittableRandom randomOf(String fault) {
    return new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + fault.hashCode());
  }

  /// As many as usual when the rounds are as usual, else more or fewer in proportion, 1 at least.
  int share(int usual) {
    return Math.max(1, usual * rounds / USUAL_ROUNDS);
  }

  /// Whether it is more than a build has time for.
  boolean isLong() {
    return rounds > USUAL_ROUNDS;
  }

  @Override
  public String toString() {
    return "-Dfaults.rounds=%d -Dfaults.seed=%d".formatted(rounds, seed);
  }

  private static Dose given() {
    String seed = System.getProperty("faults.seed", "").strip();
    return new Dose(
        Integer.getInteger("faults.rounds", USUAL_ROUNDS),
        seed.isEmpty()
            ? ThreadLocalRandom.current().nextLong(1_000_000_000)
            : Long.parseLong(seed));
  }
}
