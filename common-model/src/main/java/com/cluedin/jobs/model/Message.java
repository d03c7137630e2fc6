package com.cluedin.jobs.model;

/// What a reader finds in a record: an event it knows, or something it cannot read.
public sealed interface Message permits Event, Unreadable {}
