package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What people ask of job types: run them now, remove them, change them. A request is done whole or
/// not at all.
@Component
class JobTypeRequests {

  private final JobTypes jobTypes;
  private final OpenJobs openJobs;
  private final DueSchedules dueSchedules;
  private final WholeTransactions transaction;

  JobTypeRequests(
      JobTypes jobTypes,
      OpenJobs openJobs,
      DueSchedules dueSchedules,
      WholeTransactions transaction) {
    this.jobTypes = jobTypes;
    this.openJobs = openJobs;
    this.dueSchedules = dueSchedules;
    this.transaction = transaction;
  }

  /// Queues a job of each now.
  ///
  /// @param requestedBy who asks, or null where nobody is known
  /// @return for each job type the job queued for it, and the ids that name none
  Mono<Answer<Fired>> trigger(
      List<String> ids, @Nullable UUID organization, @Nullable String requestedBy) {
    return each(
        ids,
        organization,
        false,
        (found, now) -> {
          List<Fired> fired =
              found.stream()
                  .map(jobType -> jobType.trigger(JobIds.ofRequest(now), requestedBy, now))
                  .toList();
          return dueSchedules.keep(fired).thenReturn(fired);
        });
  }

  /// Ends the schedule of each. Jobs queued or running go on; those that wait for others are
  /// cancelled.
  Mono<Answer<JobType>> remove(List<String> ids, @Nullable UUID organization) {
    return changeEach(ids, organization, JobType::removed);
  }

  /// Brings one back that was removed; leaves one as it is that is not.
  Mono<JobType> restore(String id, @Nullable UUID organization) {
    return each(
            List.of(id),
            organization,
            true,
            (found, now) -> {
              List<JobType> after = found.stream().map(jobType -> jobType.restored(now)).toList();
              List<JobType> back = after.stream().filter(it -> !found.contains(it)).toList();
              return jobTypes.save(back).thenReturn(after);
            })
        .map(answer -> answer.done().getFirst());
  }

  /// Changes one.
  Mono<JobType> change(
      String id, @Nullable UUID organization, BiFunction<JobType, Instant, JobType> change) {
    return changeEach(List.of(id), organization, change).map(answer -> answer.done().getFirst());
  }

  private Mono<Answer<JobType>> changeEach(
      List<String> ids, @Nullable UUID organization, BiFunction<JobType, Instant, JobType> change) {
    return each(
        ids,
        organization,
        false,
        (found, now) ->
            dueSchedules
                .settle(found, now)
                .map(
                    settled -> settled.stream().map(jobType -> change.apply(jobType, now)).toList())
                .flatMap(changed ->
                    jobTypes.save(changed).then(openJobs.releaseOf(changed)).thenReturn(changed)));
  }

  private <T> Mono<Answer<T>> each(
      List<String> ids,
      @Nullable UUID organization,
      boolean removedToo,
      BiFunction<List<JobType>, Instant, Mono<List<T>>> work) {
    Wanted wanted = Wanted.of(ids);
    return jobTypes
        .lock(
            wanted.jobTypes().values(), wanted.configurations().values(), organization, removedToo)
        .switchIfEmpty(Mono.error(() -> noneOf(wanted.ids())))
        .doOnNext(locked -> wanted.refuseAmbiguous(locked.jobTypes()))
        .flatMap(locked ->
            work.apply(locked.jobTypes(), locked.at())
                .map(done -> new Answer<>(done, wanted.missingIn(locked.jobTypes()))))
        .as(transaction::transactional)
        .retryWhen(DueSchedules.DECIDED_ANEW);
  }

  private static Refusal noneOf(Set<String> ids) {
    return Refusal.notFound(
        "No such job type: " + String.join(", ", ids), Map.of("notFound", List.copyOf(ids)));
  }

  /// What was done, and the ids that name no job type.
  record Answer<T>(List<T> done, List<String> notFound) {}

  /// The ids of a request, as the composite ids or the configurations they may be. Text that is
  /// neither names nothing.
  private record Wanted(
      Set<String> ids, Map<String, JobTypeId> jobTypes, Map<String, UUID> configurations) {

    static Wanted of(List<String> ids) {
      Wanted wanted =
          new Wanted(new LinkedHashSet<>(ids), new LinkedHashMap<>(), new LinkedHashMap<>());
      for (String id : wanted.ids) {
        try {
          if (id.contains("|")) {
            wanted.jobTypes.put(id, JobTypeId.parse(id));
          } else {
            wanted.configurations.put(id, UUID.fromString(id));
          }
        } catch (IllegalArgumentException e) {
          continue; // it will be among those not found
        }
      }
      return wanted;
    }

    /// A configuration's id names a job type only where it is the single one.
    void refuseAmbiguous(List<JobType> found) {
      Map<UUID, List<JobType>> byConfiguration =
          found.stream().collect(groupingBy(jobType -> jobType.id().configurationId()));
      configurations.forEach((id, configuration) -> {
        List<String> candidates =
            byConfiguration.getOrDefault(configuration, List.of()).stream()
                .map(jobType -> jobType.id().toString())
                .toList();
        if (candidates.size() > 1) {
          throw Refusal.conflict(
              "Configuration %s has %d job types; name one of the candidates by its whole id."
                  .formatted(id, candidates.size()),
              Map.of("candidates", candidates));
        }
      });
    }

    List<String> missingIn(List<JobType> found) {
      Set<JobTypeId> foundIds = found.stream().map(JobType::id).collect(toSet());
      Set<UUID> foundConfigurations =
          foundIds.stream().map(JobTypeId::configurationId).collect(toSet());
      return ids.stream()
          .filter(id ->
              !foundIds.contains(jobTypes.get(id))
                  && !foundConfigurations.contains(configurations.get(id)))
          .toList();
    }
  }
}
