package com.cluedin.jobs.scheduler.cron;

import org.jspecify.annotations.Nullable;

/// An expression that is not cron, with what a person needs to mend it.
public final class CronSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String field;
  private final String text;
  private final String allowed;

  CronSyntaxException(@Nullable CronField field, String text, String allowed, String why) {
    super(
        field == null
            ? "%s. Allowed: %s".formatted(why, allowed)
            : "%s in field %s: \"%s\". Allowed: %s".formatted(why, field.title, text, allowed));
    this.field = field == null ? null : field.title;
    this.text = text;
    this.allowed = allowed;
  }

  /// The field at fault, or null when it is the expression as a whole.
  public @Nullable String field() {
    return field;
  }

  /// The offending text.
  public String text() {
    return text;
  }

  /// What could stand there instead.
  public String allowed() {
    return allowed;
  }
}
