package com.cluedin.jobs.agent;

import org.jspecify.annotations.Nullable;

/// Thrown by a crawler when a job failed and trying again would not help: wrong credentials, a
/// source that is gone.
public class PermanentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PermanentFailure(String message) {
    this(message, null);
  }

  public PermanentFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
