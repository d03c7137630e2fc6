package com.cluedin.jobs.agent;

import org.jspecify.annotations.Nullable;

/// Jobs are no longer this agent's: others may be running them already.
final class LeaseLost extends Exception {

  private static final long serialVersionUID = 1L;

  LeaseLost(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
