package com.cluedin.jobs.agent;

import org.jspecify.annotations.Nullable;

/// A job is no longer this agent's: another may be running it already.
final class LeaseLost extends Exception {

  private static final long serialVersionUID = 1L;

  LeaseLost(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
