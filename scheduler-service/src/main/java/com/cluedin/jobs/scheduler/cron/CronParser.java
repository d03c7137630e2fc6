package com.cluedin.jobs.scheduler.cron;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an expression of five fields, of six with seconds first, or a macro.
final class CronParser {

  static final int LONGEST = 200;

  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 0 1 1 *",
          "@annually", "0 0 0 1 1 *",
          "@monthly", "0 0 0 1 * *",
          "@weekly", "0 0 0 * * 0",
          "@daily", "0 0 0 * * *",
          "@midnight", "0 0 0 * * *",
          "@hourly", "0 0 * * * *",
          "@every_minute", "0 * * * * *",
          "@every_second", "* * * * * *");

  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final Pattern ALL = Pattern.compile("[*?](?:/(\\d{1,2}))?");
  private static final Pattern ITEM =
      Pattern.compile("(\\d{1,2}|[A-Z]{3})(?:-(\\d{1,2}|[A-Z]{3}))?(?:/(\\d{1,2}))?");
  private static final Pattern FROM_LAST_DAY = Pattern.compile("L(?:-(\\d{1,2}))?(W)?");
  private static final Pattern NEAREST_WEEKDAY = Pattern.compile("(\\d{1,2})W");
  private static final Pattern LAST_WEEKDAY = Pattern.compile("(\\d|[A-Z]{3})L");
  private static final Pattern NTH_WEEKDAY = Pattern.compile("(\\d|[A-Z]{3})#([1-5])");

  private boolean repeats;

  static Cron parse(String expression) {
    return new CronParser().read(expression);
  }

  /// The expression with seconds first and macros written out.
  static String sixFields(String expression) {
    String fields = expand(expression.strip());
    return BLANKS.split(fields).length == 5 ? "0 " + fields : fields;
  }

  private Cron read(String expression) {
    String text = expression.strip();
    if (text.length() > LONGEST) {
      throw whole(text.substring(0, 20) + "…", "The expression is longer than " + LONGEST);
    }
    String[] fields = BLANKS.split(expand(text));
    if (fields.length != 5 && fields.length != 6 || text.isEmpty()) {
      throw whole(text, "\"" + text + "\" has " + (text.isEmpty() ? 0 : fields.length) + " fields");
    }
    int i = fields.length - 5;
    long seconds = i == 0 ? 1 : values(CronField.SECOND, fields[0]);
    long minutes = values(CronField.MINUTE, fields[i]);
    long hours = values(CronField.HOUR, fields[i + 1]);
    DayRule days = daysOfMonth(fields[i + 2]);
    long months = values(CronField.MONTH, fields[i + 3]);
    DayRule weekdays = daysOfWeek(fields[i + 4]);
    return new Cron(text, seconds, minutes, hours, days, months, weekdays, repeats);
  }

  private static String expand(String text) {
    if (!text.startsWith("@")) {
      return text.toUpperCase(Locale.ROOT);
    }
    @Nullable String fields = MACROS.get(text.toLowerCase(Locale.ROOT));
    if (fields == null) {
      throw whole(text, "There is no macro " + text);
    }
    return fields;
  }

  private static CronSyntaxException whole(String text, String why) {
    return new CronSyntaxException(
        null,
        text,
        "5 fields (minute hour day-of-month month day-of-week), 6 with seconds first, or one of "
            + MACROS.keySet().stream().sorted().toList(),
        why);
  }

  private DayRule daysOfMonth(String text) {
    Matcher matcher = FROM_LAST_DAY.matcher(text);
    if (matcher.matches()) {
      int back =
          matcher.group(1) == null
              ? 0
              : number(CronField.DAY_OF_MONTH, matcher.group(1), 0, 30, text);
      return matcher.group(2) == null ? DayRule.fromLast(back) : DayRule.weekdayNearLast(back);
    }
    matcher = NEAREST_WEEKDAY.matcher(text);
    if (matcher.matches()) {
      return DayRule.weekdayNear(value(CronField.DAY_OF_MONTH, matcher.group(1), text));
    }
    return DayRule.daysOfMonth(values(CronField.DAY_OF_MONTH, text));
  }

  private DayRule daysOfWeek(String text) {
    CronField field = CronField.DAY_OF_WEEK;
    Matcher matcher = LAST_WEEKDAY.matcher(text);
    if (matcher.matches()) {
      return DayRule.lastWeekday(value(field, matcher.group(1), text) % 7);
    }
    matcher = NTH_WEEKDAY.matcher(text);
    if (matcher.matches()) {
      return DayRule.nthWeekday(
          value(field, matcher.group(1), text) % 7, Integer.parseInt(matcher.group(2)));
    }
    long bits = values(field, text);
    return DayRule.daysOfWeek((bits | bits >> 7) & 0b111_1111);
  }

  private long values(CronField field, String text) {
    Matcher all = ALL.matcher(text);
    if (all.matches()) {
      return range(field, field.first, field.last, step(field, all.group(1), text));
    }
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= item(field, item);
    }
    return bits;
  }

  private long item(CronField field, String text) {
    Matcher item = ITEM.matcher(text);
    if (!item.matches()) {
      throw wrong(field, text);
    }
    int from = value(field, item.group(1), text);
    if (item.group(2) != null) {
      int to = value(field, item.group(2), text);
      return range(field, from, to, step(field, item.group(3), text));
    }
    return item.group(3) == null
        ? 1L << from
        : range(field, from, field.last, step(field, item.group(3), text));
  }

  /// The bits from `from` to `to`; where the range is reversed it wraps at the end of the field.
  private long range(CronField field, int from, int to, int step) {
    repeats |= field.isOfTheClock();
    int end = from <= to ? to : to + field.cycle();
    long bits = 0;
    for (int value = from; value <= end; value += step) {
      bits |= 1L << (value <= field.last ? value : value - field.cycle());
    }
    return bits;
  }

  private static int step(CronField field, @Nullable String digits, String text) {
    return digits == null ? 1 : number(field, digits, 1, field.last, text);
  }

  private static int value(CronField field, String value, String text) {
    if (Character.isDigit(value.charAt(0))) {
      return number(field, value, field.first, field.last, text);
    }
    int name = field.names.indexOf(value);
    if (name < 0) {
      throw wrong(field, text);
    }
    return name + field.first;
  }

  private static int number(CronField field, String digits, int least, int most, String text) {
    int number = Integer.parseInt(digits);
    if (number < least || number > most) {
      throw wrong(field, text);
    }
    return number;
  }

  private static CronSyntaxException wrong(CronField field, String text) {
    return new CronSyntaxException(field, text, field.allowed(), "Not allowed");
  }
}
