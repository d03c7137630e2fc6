package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Answers lists of jobs of any choice in any order.
///
/// The known job types say which configurations a name means, the tallies how many jobs there are,
/// and of jobs no more are read than a page needs: those of the periods, job types or states it
/// lies in, or those at the nearer end of an index. See decision 11.
@Component
class JobList {

  /// Of no more than this among others all are read and sorted, which takes a quarter of a second.
  /// An index is followed at once where jobs of the list are near its end, and else past all
  /// others.
  static final long FEW = 100_000;

  /// So many jobs at the end of a list are looked at before their periods are looked up.
  private static final long NEAR = 1_000;

  /// Beyond so many days all are read.
  private static final int MOST_DAYS = 1_000;

  private static final int WIDER = 8;

  private final DatabaseClient database;
  private final Jobs jobs;
  private final JobTypeSearch jobTypes;
  private final Snapshot snapshot;
  private final long few;
  private final long near;

  @Autowired
  JobList(DatabaseClient database, Jobs jobs, JobTypeSearch jobTypes, Snapshot snapshot) {
    this(database, jobs, jobTypes, snapshot, FEW);
  }

  /// @param few 0 takes the way of many for all
  JobList(DatabaseClient database, Jobs jobs, JobTypeSearch jobTypes, Snapshot snapshot, long few) {
    this.database = database;
    this.jobs = jobs;
    this.jobTypes = jobTypes;
    this.snapshot = snapshot;
    this.few = few;
    this.near = Math.min(few, NEAR);
  }

  /// One page of a list, and how long the whole list is; both of one snapshot.
  Mono<Jobs.Part> list(JobFilter filter, JobOrder order, Page page) {
    return inOneStatement(filter, order, page)
        .filter(part -> part.isWhole(page))
        .next()
        .switchIfEmpty(
            Mono.defer(() ->
                snapshot.of(
                    select(filter, order).flatMap(selection -> part(selection, order, page)),
                    "A list takes less with from and to, or in another order.")));
  }

  /// What single statements find of a page of a plain list: the first that finds all of it will do.
  private Flux<Jobs.Part> inOneStatement(JobFilter filter, JobOrder order, Page page) {
    if (!filter.isPlain() || !order.equals(JobOrder.NEWEST_FIRST)) {
      return Flux.empty();
    }
    boolean isNear = page.offset() + page.take() <= near;
    return Flux.concat(
        isNear ? jobs.newest(filter, page, near) : Mono.empty(),
        filter.configuration() == null
            ? Mono.defer(() -> jobs.older(filter, page, near))
            : Mono.empty());
  }

  /// The indexes by value know configurations and no organizations, so these are taken for all
  /// their job types.
  private Mono<Selection> select(JobFilter filter, JobOrder order) {
    boolean isOfAll = filter.organization() == null || !order.isByValue();
    return isOfAll && filter.jobTypes().equals(JobTypeFilter.ANY)
        ? Mono.just(new Selection(filter, null))
        : jobTypes
            .find(filter.jobTypes(), filter.organization())
            .map(wanted -> new Selection(filter, wanted));
  }

  private Mono<Jobs.Part> part(Selection selection, JobOrder order, Page page) {
    if (selection.isEmpty()) {
      return Mono.just(new Jobs.Part(0, List.of()));
    }
    return total(selection)
        .flatMap(total ->
            total <= page.offset()
                ? Mono.just(new Jobs.Part(total, List.of()))
                : rows(selection, order, page, total).map(rows -> new Jobs.Part(total, rows)));
  }

  private Mono<Long> total(Selection selection) {
    return selection
        .ask(database, Totals.sql(selection), Map.of())
        .map(row -> requireNonNull(row.get("jobs", Long.class)))
        .one();
  }

  private Mono<List<JobView>> rows(Selection selection, JobOrder order, Page page, long total) {
    return switch (order.by()) {
      case QUEUED ->
          selection.filter().span().isAlways()
              ? fromNearerEnd(order, page, total, stretch -> byTime(selection, order, stretch))
              : byPeriod(selection, order, page.offset(), page.take());
      case STATUS -> byPeriod(selection, order, page.offset(), page.take());
      case NAME, CONFIGURATION -> read(selection, PageByName.sql(selection, order), page);
      case CLUES, STARTED, FINISHED ->
          fromNearerEnd(order, page, total, stretch -> byValue(selection, stretch, total));
    };
  }

  /// Beyond the middle a list is read from its other end.
  private static Mono<List<JobView>> fromNearerEnd(
      JobOrder order, Page page, long total, Function<Stretch, Mono<List<JobView>>> reader) {
    long take = Math.min(page.take(), total - page.offset());
    long behind = total - page.offset() - take;
    boolean backward = behind < page.offset();
    JobOrder read = new JobOrder(order.by(), order.descending() != backward);
    return reader
        .apply(new Stretch(read, backward ? behind : page.offset(), take))
        .map(rows -> backward ? rows.reversed() : rows);
  }

  /// Where a look at the rows is needed, or they are few among others, all are read: an index would
  /// be followed to its far end, were they there.
  private Mono<List<JobView>> byValue(Selection selection, Stretch stretch, long total) {
    boolean all = selection.isIntricate() || selection.wanted() != null && total <= few;
    String sql = PageByValue.sql(selection, stretch.order(), all);
    return read(selection, sql, stretch.offset(), stretch.take());
  }

  /// Where the page is among the jobs at the end of a longer list, its periods need not be known,
  /// unless it was looked for there in one statement.
  private Mono<List<JobView>> byTime(Selection selection, JobOrder asked, Stretch stretch) {
    Mono<List<JobView>> wherever =
        Mono.defer(() ->
            selection.wanted() == null
                ? byPeriod(selection, stretch.order(), stretch.offset(), stretch.take())
                : byDays(selection, stretch));
    boolean wasLookedFor =
        selection.filter().isPlain()
            && asked.equals(JobOrder.NEWEST_FIRST)
            && (stretch.order().equals(asked) || selection.filter().configuration() == null);
    if (wasLookedFor || stretch.offset() + stretch.take() > near) {
      return wherever;
    }
    String nearest = PageByPeriod.nearest(selection, stretch.order(), ":offset", ":take");
    return read(selection, nearest, stretch.offset(), stretch.take())
        .filter(rows -> rows.size() == stretch.take())
        .switchIfEmpty(wherever);
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
    Selection near = isAll ? selection : selection.queuedIn(span);
    return byPeriod(near, stretch.order(), stretch.offset(), stretch.take())
        .flatMap(rows ->
            isAll || rows.size() == stretch.take()
                ? Mono.just(rows)
                : withinDays(selection, stretch, end, WIDER * days));
  }

  /// Each job type is looked up by itself where few rows are read that way, or else those of others
  /// are passed over.
  private Mono<List<JobView>> byPeriod(
      Selection selection, JobOrder order, long offset, long take) {
    boolean each = selection.wanted() != null && selection.wanted().size() * (offset + take) <= few;
    return read(selection, PageByPeriod.sql(selection, order, each), offset, take);
  }

  /// What to read of a list in an order.
  private record Stretch(JobOrder order, long offset, long take) {}

  private Mono<List<JobView>> read(Selection selection, String sql, Page page) {
    return read(selection, sql, page.offset(), page.take());
  }

  private Mono<List<JobView>> read(Selection selection, String sql, long offset, long take) {
    return selection
        .ask(database, sql, Map.of("offset", offset, "take", take, "near", near))
        .map(row -> Rows.job(row).view())
        .all()
        .collectList();
  }
}
