package com.cluedin.jobs.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;

/// A clock that moves when nothing is left to do, chance that comes from a seed, and what is to be
/// done when. All that acts in a simulated world does so in its steps, one after the other, so the
/// same seed gives the same history.
final class Simulation {

  private final PriorityQueue<Step> steps = new PriorityQueue<>();
  private final Random chance;
  private Instant now;
  private Duration skew = Duration.ZERO;
  private long planned;

  Simulation(long seed, Instant start) {
    this.chance = new Random(seed);
    this.now = start;
  }

  Instant now() {
    return now;
  }

  /// What the database's clock shows, which may be wrong and be set right.
  Instant databaseClock() {
    return now.plus(skew);
  }

  void setDatabaseClock(Duration ahead) {
    skew = ahead;
  }

  Random chance() {
    return chance;
  }

  /// Once in so many times.
  boolean onceIn(int times) {
    return chance.nextInt(times) == 0;
  }

  Duration between(Duration shortest, Duration longest) {
    return shortest.plusMillis(chance.nextLong(longest.minus(shortest).toMillis() + 1));
  }

  void in(Duration wait, Runnable action) {
    steps.add(new Step(now.plus(wait), planned++, action));
  }

  void soon(Runnable action) {
    in(between(Duration.ofMillis(1), Duration.ofMillis(20)), action);
  }

  /// Lets everything happen that is planned until then.
  void runUntil(Instant end) {
    while (!steps.isEmpty() && !steps.peek().at().isAfter(end)) {
      Step step = steps.remove();
      now = step.at();
      step.action().run();
    }
    now = end;
  }

  private record Step(Instant at, long number, Runnable action) implements Comparable<Step> {

    @Override
    public int compareTo(Step other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }
}
