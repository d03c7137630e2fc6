package com.cluedin.jobs.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One run of a job: where its crawler, the batch that holds its lease and those who want it
/// stopped meet. The first outcome counts; later ones change nothing.
final class Run implements Crawl {

  private static final long SHORTEST_REPORT_NANOS = SECONDS.toNanos(1);

  private final String agent;
  private final JobQueued job;
  private final int attempt;
  private final InstantSource clock;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final AtomicLong clues = new AtomicLong();
  private final CompletableFuture<Void> wound = new CompletableFuture<>();
  private final Crawler crawler;
  private @Nullable Thread crawling;
  private boolean started;
  private volatile boolean cancelled;
  private volatile @Nullable Instant askedToStopAt;
  private boolean stoppingTold;
  private long reportedClues;
  private long reportedAt = System.nanoTime();

  /// @param deliveries how often the job was handed out, this time included, 1 or more
  Run(String agent, JobQueued job, int deliveries, Crawler crawler, InstantSource clock) {
    this.agent = agent;
    this.job = job;
    this.attempt = Math.min(job.attempt() + deliveries - 1, JobIds.MAX_ATTEMPT);
    this.crawler = crawler;
    this.clock = clock;
  }

  @Override
  public JobQueued job() {
    return job;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public void progress(long clues) {
    if (clues < 0) {
      throw new IllegalArgumentException("clues must be 0 or more, not " + clues);
    }
    this.clues.accumulateAndGet(clues, Math::max);
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /// For the batch's thread alone.
  void start(Executor crawlers) {
    crawlers.execute(this::crawl);
    started = true;
  }

  /// How it ended, or null while it goes on.
  @Nullable Outcome outcome() {
    return outcome.getNow(null);
  }

  void whenOver(Runnable then) {
    outcome.thenRun(then);
  }

  /// Asks the crawler to stop. It has the time of grace to end by itself; then the run counts as
  /// cancelled while its thread may still be winding up.
  void cancel(Duration grace) {
    if (askedToStopAt == null) {
      askedToStopAt = clock.instant();
    }
    cancelled = true;
    interrupt();
    outcome.completeOnTimeout(new Outcome.Cancelled(), grace.toNanos(), NANOSECONDS);
  }

  /// Ends the run with this outcome, at once, whatever its crawler does.
  void end(Outcome with) {
    if (outcome.complete(with)) {
      cancelled = true;
      interrupt();
    }
  }

  /// When the crawler has returned; at once if it never began. For the batch's thread alone.
  void whenWound(Runnable then) {
    if (!started) {
      wound.complete(null);
    }
    wound.thenRun(then);
  }

  JobStarted started() {
    return new JobStarted(job.jobId(), attempt, agent, clock.instant());
  }

  /// What to tell of a run that goes on, if it is time: a second after the last time when clues
  /// grew, else after the given silence. For the batch's thread alone.
  Optional<JobProgressed> report(Duration longestSilence) {
    long now = System.nanoTime();
    long silence = now - reportedAt;
    long soFar = clues.get();
    boolean due =
        silence >= longestSilence.toNanos()
            || soFar > reportedClues && silence >= SHORTEST_REPORT_NANOS;
    if (!due) {
      return Optional.empty();
    }
    reportedAt = now;
    reportedClues = soFar;
    return Optional.of(new JobProgressed(job.jobId(), attempt, soFar, clock.instant()));
  }

  /// What to tell, once, of a run that was asked to stop. For the batch's thread alone.
  Optional<JobCancelling> cancelling() {
    @Nullable Instant at = askedToStopAt;
    if (at == null || stoppingTold) {
      return Optional.empty();
    }
    stoppingTold = true;
    return Optional.of(new JobCancelling(job.jobId(), attempt, agent, at));
  }

  /// The last event of a run, or null where others have the say.
  @Nullable RunEvent ended(Outcome with) {
    return switch (with) {
      case Outcome.Completed _ ->
          new JobCompleted(job.jobId(), attempt, clues.get(), clock.instant());
      case Outcome.Failed(String error, boolean permanent) ->
          new JobFailed(job.jobId(), attempt, clues.get(), error, permanent, clock.instant());
      case Outcome.Cancelled _ ->
          new JobCancelled(job.jobId(), attempt, clues.get(), "abandoned", agent, clock.instant());
      case Outcome.Released _, Outcome.Fenced _ -> null;
    };
  }

  /// Everything a crawler may throw, Errors too, ends the job and not the agent.
  @SuppressWarnings("CatchingUnchecked")
  private void crawl() {
    Thread thread = Thread.currentThread();
    thread.setName("crawl-" + JobIds.run(job.jobId(), attempt));
    enter(thread);
    try {
      if (!cancelled) { // it may have waited for a thread
        crawler.crawl(this);
      }
      outcome.complete(cancelled ? new Outcome.Cancelled() : new Outcome.Completed());
    } catch (Throwable t) {
      outcome.complete(cancelled ? new Outcome.Cancelled() : Outcome.failed(t));
    } finally { // whatever went wrong while the failure was put into words
      outcome.complete(new Outcome.Failed("the crawler's thread ended", false));
      exit();
      wound.complete(null);
    }
  }

  private synchronized void enter(Thread thread) {
    crawling = thread;
    if (cancelled) {
      thread.interrupt();
    }
  }

  /// From here on the thread is another run's, whom no interruption of this one may reach.
  private synchronized void exit() {
    crawling = null;
    Thread.interrupted();
    Thread.currentThread().setName("idle-crawler");
  }

  private synchronized void interrupt() {
    if (crawling != null) {
      crawling.interrupt();
    }
  }

  @Override
  public String toString() {
    return "run " + attempt + " of job " + job.jobId();
  }
}
