package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /// So many newest jobs are looked at for those of a name.
  private static final long NEAR_OF_NAMED = 5_000;

  private final DatabaseClient database;
  private final Jobs jobs;
  private final JobTypeSearch jobTypes;
  private final Snapshot snapshot;
  private final JobsByTime byTime;
  private final long few;
  private final long near;
  private final long nearOfNamed;

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
    this.nearOfNamed = Math.min(few, NEAR_OF_NAMED);
    this.byTime = new JobsByTime(database, few, near);
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

  /// What single statements find of a page: the first that finds all of it will do.
  private Flux<Jobs.Part> inOneStatement(JobFilter filter, JobOrder order, Page page) {
    if (!isForOneStatement(filter, order)) {
      return Flux.empty();
    }
    Stretch asked = new Stretch(order, page.offset(), page.take());
    if (filter.isOfNames()) {
      return asked.isWithin(nearOfNamed)
          ? jobs.named(filter, page, nearOfNamed).flux()
          : Flux.empty();
    }
    boolean isNear = asked.isWithin(near);
    return Flux.concat(
        isNear ? jobs.newest(filter, page, near) : Mono.empty(),
        filter.configuration() == null
            ? Mono.defer(() -> jobs.older(filter, page, near))
            : Mono.empty());
  }

  private static boolean isForOneStatement(JobFilter filter, JobOrder order) {
    return (filter.isPlain() || filter.isOfNames()) && order.equals(JobOrder.NEWEST_FIRST);
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
          isForOneStatement(selection.filter(), asked.order())
              ? byTime.readWhatWasNotFound(selection, asked, total)
              : byTime.read(selection, asked, total);
      case STATUS ->
          Flux.fromIterable(sections(asked, totals))
              .concatMap(it -> byTime.read(selection.in(it.state()), it.stretch(), it.total()))
              .flatMapIterable(rows -> rows)
              .collectList();
      case NAME, CONFIGURATION -> byName(selection, asked);
      case CLUES, STARTED, FINISHED ->
          asked.fromNearerEnd(total, stretch -> byValue(selection, stretch, total));
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

  /// Where a look at the rows is needed, or they are few among others, all are read: an index would
  /// be followed to its far end, were they there.
  private Mono<List<JobView>> byValue(Selection selection, Stretch stretch, long total) {
    boolean all = selection.isIntricate() || selection.wanted() != null && total <= few;
    String sql = PageByValue.sql(selection, stretch.order(), all);
    return selection.jobs(database, sql, stretch.values());
  }

  private Mono<List<JobView>> byName(Selection selection, Stretch stretch) {
    String sql = PageByName.sql(selection, stretch.order(), stretch.isWithin(near));
    return selection.jobs(database, sql, stretch.values());
  }

  /// What to read of a state.
  private record Section(JobState state, Stretch stretch, long total) {}
}
