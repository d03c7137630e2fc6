package com.cluedin.jobs.model;

/// Jobs per state, as `GET api/v1/jobstatecount` shows them. `executing` takes Cancelling in, so
/// that a count always equals the length of its list.
public record JobStateCount(
    long completed, long executing, long failed, long queued, long cancelled) {}
