package com.cluedin.jobs.gateway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Has a refusal to start told in its own words, without a stack trace.
class StartRefusalAnalyzer extends AbstractFailureAnalyzer<StartRefusal> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StartRefusal refusal) {
    return new FailureAnalysis(refusal.getMessage(), refusal.remedy(), refusal);
  }
}
