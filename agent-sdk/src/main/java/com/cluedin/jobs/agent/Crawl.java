package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import java.util.concurrent.CancellationException;

/// One run of a job, as its crawler sees it. May be used from any thread.
public interface Crawl {

  JobQueued job();

  /// Which run of the job this is, from 1.
  int attempt();

  /// Tells how many clues this run has completed so far. Cheap: call it as often as you like; a
  /// number smaller than the last one changes nothing.
  ///
  /// @param clues 0 or more, in all, not since the last call
  /// @throws IllegalArgumentException when negative
  void progress(long clues);

  /// Nobody wants this run to go on: the job was abandoned, or this agent lost or gave up its
  /// lease.
  boolean cancelled();

  /// @throws CancellationException when {@link #cancelled}
  default void throwIfCancelled() {
    if (cancelled()) {
      throw new CancellationException("the job was cancelled");
    }
  }
}
