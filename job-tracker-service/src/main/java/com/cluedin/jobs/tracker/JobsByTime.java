package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobView;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/// Reads lists in order of the time jobs were queued, the page that is asked for and no more.
///
/// Of a list without a span, a page near an end is first looked for among the jobs there. Else, and
/// where it is not there, the tallies tell in which periods it lies.
final class JobsByTime {

  /// Beyond so many days all are read.
  private static final int MOST_DAYS = 1_000;

  private static final int WIDER = 8;

  private final DatabaseClient database;
  private final long few;
  private final long near;

  /// @param few so many rows may be read of job types looked up one by one
  /// @param near how many jobs at an end of a list are looked at before any periods are looked up
  JobsByTime(DatabaseClient database, long few, long near) {
    this.database = database;
    this.few = few;
    this.near = near;
  }

  /// @param total how long the whole list is
  Mono<List<JobView>> read(Selection selection, Stretch asked, long total) {
    return selection.filter().span().isAlways()
        ? asked.fromNearerEnd(total, stretch -> nearest(selection, stretch, total))
        : byPeriod(selection, asked);
  }

  /// The same, of a list without a span, where {@link Jobs#newest}, {@link Jobs#older} and {@link
  /// Jobs#named} did not find all of the page: the end at which these look, or where they do not
  /// expect the page, is not looked at again.
  Mono<List<JobView>> readWhatWasNotFound(Selection selection, Stretch asked, long total) {
    return asked.fromNearerEnd(
        total,
        stretch ->
            stretch.order().descending()
                    || selection.wanted() == null && selection.filter().configuration() == null
                ? wherever(selection, stretch, total)
                : nearest(selection, stretch, total));
  }

  /// Where the page is among the jobs at the end of a longer list, its periods need not be known.
  private Mono<List<JobView>> nearest(Selection selection, Stretch stretch, long total) {
    Mono<List<JobView>> wherever = Mono.defer(() -> wherever(selection, stretch, total));
    if (!stretch.isWithin(near)) {
      return wherever;
    }
    String sql = PageByPeriod.nearest(selection, stretch.order(), ":offset", ":take");
    return selection
        .jobs(
            database, sql, Map.of("offset", stretch.offset(), "take", stretch.take(), "near", near))
        .filter(rows -> rows.size() == stretch.take())
        .switchIfEmpty(wherever);
  }

  /// Where all of a list of job types is wanted, all its days are.
  private Mono<List<JobView>> wherever(Selection selection, Stretch stretch, long total) {
    return selection.wanted() == null || stretch.take() == total
        ? byPeriod(selection, stretch)
        : byDays(selection, stretch);
  }

  /// Job types times days are many tallies, and a page needs those of the days at its end of the
  /// list: of the first one, and of eight times as many for as long as the page is not full.
  private Mono<List<JobView>> byDays(Selection selection, Stretch stretch) {
    boolean newest = stretch.order().descending();
    return database
        .sql(
            "SELECT day FROM tally_of_day WHERE %s ORDER BY day %s LIMIT 1"
                .formatted(Jobs.whose(selection.filter().organization()), newest ? "DESC" : "ASC"))
        .bindValues(Jobs.organization(selection.filter().organization()))
        .map(row -> requireNonNull(row.get("day", OffsetDateTime.class)).toInstant())
        .one()
        .flatMap(day -> withinDays(selection, stretch, day, 1));
  }

  private Mono<List<JobView>> withinDays(
      Selection selection, Stretch stretch, Instant end, int days) {
    boolean newest = stretch.order().descending();
    boolean isAll = days > MOST_DAYS;
    Span span =
        newest
            ? new Span(end.minus(days - 1, ChronoUnit.DAYS), null)
            : new Span(null, end.plus(days, ChronoUnit.DAYS));
    Selection ofDays = isAll ? selection : selection.queuedIn(span);
    return byPeriod(ofDays, stretch)
        .flatMap(rows ->
            isAll || rows.size() == stretch.take()
                ? Mono.just(rows)
                : withinDays(selection, stretch, end, WIDER * days));
  }

  /// Each job type is looked up by itself where few rows are read that way, or else those of others
  /// are passed over.
  private Mono<List<JobView>> byPeriod(Selection selection, Stretch stretch) {
    boolean each =
        selection.wanted() != null
            && selection.wanted().size() * (stretch.offset() + stretch.take()) <= few;
    String sql = PageByPeriod.sql(selection, stretch.order(), each);
    return selection.jobs(database, sql, stretch.values());
  }
}
