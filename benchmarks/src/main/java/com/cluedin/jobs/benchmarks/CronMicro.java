package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The next occurrence of a schedule, and the next after that.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CronMicro {

  private static final Instant FROM = Instant.parse("2026-03-29T00:30:00Z");

  @Param({"*/5 * * * *", "0 3 * * MON", "0 0 30 2 *", "*/10 * 9-17 * * MON-FRI", "0 12 L * *"})
  public String cron = "";

  @Param({"UTC", "Europe/Copenhagen"})
  public String zone = "";

  private Cron parsed = Cron.parse("* * * * *");
  private ZoneId zoneId = ZoneId.of("UTC");
  private Instant last = FROM;

  @Setup
  public void parse() {
    parsed = Cron.parse(cron);
    zoneId = ZoneId.of(zone);
  }

  @Benchmark
  public @Nullable Instant next() {
    Instant next = parsed.next(last, zoneId);
    last = next == null ? FROM : next;
    return next;
  }
}
