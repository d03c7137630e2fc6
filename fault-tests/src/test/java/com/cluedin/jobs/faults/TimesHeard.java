package com.cluedin.jobs.faults;

/// Columns of the read model that say when Kafka took something. Copies are taken later, so these
/// alone may change with them.
final class TimesHeard {

  static final String[] COLUMNS = {"heard_at", "first_heard_at", "silent_heard_at"};

  private TimesHeard() {}
}
