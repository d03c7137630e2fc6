package com.cluedin.jobs.scheduler.cron;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.Locale;

/// A schedule in words, by cron-utils. Where that library does not read the dialect, the expression
/// stands for itself.
public final class CronWords {

  private static final CronDefinition WITH_SECONDS =
      CronDefinitionBuilder.defineCron()
          .withSeconds()
          .and()
          .withMinutes()
          .and()
          .withHours()
          .and()
          .withDayOfMonth()
          .supportsL()
          .supportsW()
          .supportsLW()
          .supportsQuestionMark()
          .and()
          .withMonth()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .supportsHash()
          .supportsL()
          .supportsQuestionMark()
          .and()
          .instance();

  private static final CronParser PARSER = new CronParser(WITH_SECONDS);
  private static final CronDescriptor DESCRIPTOR = CronDescriptor.instance(Locale.UK);

  private CronWords() {}

  /// For example "at 04:00 at Monday day".
  public static String of(Cron cron) {
    try {
      return DESCRIPTOR.describe(
          PARSER.parse(com.cluedin.jobs.scheduler.cron.CronParser.sixFields(cron.toString())));
    } catch (IllegalArgumentException e) {
      return cron.toString();
    }
  }
}
