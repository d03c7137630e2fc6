package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

  /// So many jobs at the end of a list are looked at before their periods are looked up; of so many
  /// at its beginning job types are looked up one by one.
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
    if (!isForOneStatement(filter, order)) {
      return Flux.empty();
    }
    boolean isNear = page.offset() + page.take() <= near;
    return Flux.concat(
        isNear ? jobs.newest(filter, page, near) : Mono.empty(),
        filter.configuration() == null
            ? Mono.defer(() -> jobs.older(filter, page, near))
            : Mono.empty());
  }

  private static boolean isForOneStatement(JobFilter filter, JobOrder order) {
    return filter.isPlain() && order.equals(JobOrder.NEWEST_FIRST);
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
    return Totals.byState(selection.ask(database, Totals.ofEachState(selection), Map.of()))
        .flatMap(totals -> {
          long total = totals.values().stream().mapToLong(Long::longValue).sum();
          long take = Math.min(page.take(), total - page.offset());
          return take <= 0
              ? Mono.just(new Jobs.Part(total, List.of()))
              : rows(selection, new Stretch(order, page.offset(), take), totals, total)
                  .map(rows -> new Jobs.Part(total, rows));
        });
  }

  private Mono<List<JobView>> rows(
      Selection selection, Stretch asked, Map<JobState, Long> totals, long total) {
    return switch (asked.order().by()) {
      case QUEUED ->
          byTime(selection, asked, total, isForOneStatement(selection.filter(), asked.order()));
      case STATUS ->
          Flux.fromIterable(sections(asked, totals))
              .concatMap(it -> byTime(selection.in(it.state()), it.stretch(), it.total(), false))
              .flatMapIterable(rows -> rows)
              .collectList();
      case NAME, CONFIGURATION ->
          read(selection, PageByName.sql(selection, asked.order(), isNear(asked)), asked);
      case CLUES, STARTED, FINISHED ->
          fromNearerEnd(asked, total, stretch -> byValue(selection, stretch, total));
    };
  }

  /// A list by state is that of each state, newest first, one behind the other.
  private static List<Section> sections(Stretch asked, Map<JobState, Long> totals) {
    List<JobState> states = List.of(JobState.values());
    List<Section> sections = new ArrayList<>();
    long before = 0;
    for (JobState state : asked.order().descending() ? states.reversed() : states) {
      long total = totals.getOrDefault(state, 0L);
      long begin = Math.max(asked.offset() - before, 0);
      long end = Math.min(asked.offset() + asked.take() - before, total);
      if (begin < end) {
        Stretch stretch = new Stretch(JobOrder.NEWEST_FIRST, begin, end - begin);
        sections.add(new Section(state, stretch, total));
      }
      before += total;
    }
    return sections;
  }

  /// Beyond the middle a list is read from its other end.
  private static Mono<List<JobView>> fromNearerEnd(
      Stretch asked, long total, Function<Stretch, Mono<List<JobView>>> reader) {
    long behind = total - asked.offset() - asked.take();
    boolean backward = behind < asked.offset();
    JobOrder read = new JobOrder(asked.order().by(), asked.order().descending() != backward);
    return reader
        .apply(new Stretch(read, backward ? behind : asked.offset(), asked.take()))
        .map(rows -> backward ? rows.reversed() : rows);
  }

  /// Where a look at the rows is needed, or they are few among others, all are read: an index would
  /// be followed to its far end, were they there.
  private Mono<List<JobView>> byValue(Selection selection, Stretch stretch, long total) {
    boolean all = selection.isIntricate() || selection.wanted() != null && total <= few;
    String sql = PageByValue.sql(selection, stretch.order(), all);
    return read(selection, sql, stretch);
  }

  /// @param wasLookedFor at the newest jobs and, unless a configuration is named, at the oldest
  private Mono<List<JobView>> byTime(
      Selection selection, Stretch asked, long total, boolean wasLookedFor) {
    if (!selection.filter().span().isAlways()) {
      return byPeriod(selection, asked);
    }
    return fromNearerEnd(
        asked,
        total,
        stretch -> {
          boolean isNewest = stretch.order().equals(JobOrder.NEWEST_FIRST);
          return wasLookedFor && (isNewest || selection.filter().configuration() == null)
              ? wherever(selection, stretch, total)
              : nearest(selection, stretch, total);
        });
  }

  /// Where the page is among the jobs at the end of a longer list, its periods need not be known.
  private Mono<List<JobView>> nearest(Selection selection, Stretch stretch, long total) {
    Mono<List<JobView>> wherever = Mono.defer(() -> wherever(selection, stretch, total));
    if (!isNear(stretch)) {
      return wherever;
    }
    String sql = PageByPeriod.nearest(selection, stretch.order(), ":offset", ":take");
    return read(selection, sql, stretch)
        .filter(rows -> rows.size() == stretch.take())
        .switchIfEmpty(wherever);
  }

  private boolean isNear(Stretch stretch) {
    return stretch.offset() + stretch.take() <= near;
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
    Selection near = isAll ? selection : selection.queuedIn(span);
    return byPeriod(near, stretch)
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
    return read(selection, PageByPeriod.sql(selection, stretch.order(), each), stretch);
  }

  private Mono<List<JobView>> read(Selection selection, String sql, Stretch stretch) {
    return selection
        .ask(
            database, sql, Map.of("offset", stretch.offset(), "take", stretch.take(), "near", near))
        .map(row -> Rows.job(row).view())
        .all()
        .collectList();
  }

  /// What to read of a list in an order.
  private record Stretch(JobOrder order, long offset, long take) {}

  /// What to read of a state.
  private record Section(JobState state, Stretch stretch, long total) {}
}
