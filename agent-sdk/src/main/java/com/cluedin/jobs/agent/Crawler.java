package com.cluedin.jobs.agent;

/// Does the work of jobs. One crawler serves all jobs of an agent, several at once.
@FunctionalInterface
public interface Crawler {

  /// Runs one job and returns when it is done. It may block. Others had its thread before, so
  /// thread-locals are to be left as they were found.
  ///
  /// A job may be run again after a crash, so what it does must bear repetition. When the job is
  /// abandoned, its lease is lost or the agent is closed, the thread is interrupted; a crawler that
  /// does not heed keeps its place occupied until it returns.
  ///
  /// @throws PermanentFailure when trying again would not help
  /// @throws Exception when the run failed
  void crawl(Crawl crawl) throws Exception;
}
