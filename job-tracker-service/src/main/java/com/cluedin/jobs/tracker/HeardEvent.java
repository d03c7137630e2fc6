package com.cluedin.jobs.tracker;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNullElse;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the history keeps of an event.
///
/// @param attempt of which run; 0 where it is said of the job
/// @param heardAt when Kafka took it
/// @param offset where it stands in its partition
/// @param source who sent it, for example `/agent-1`, or null
/// @param who the agent or the person who says it, or null where it names none
/// @param words what it says in words, or null
/// @param about the time it speaks of: the occurrence, when the retry is due, when the silent agent
///   was last heard of; or null
record HeardEvent(
    UUID jobId,
    EventKind kind,
    int attempt,
    Instant at,
    Instant heardAt,
    long offset,
    @Nullable String source,
    @Nullable String who,
    @Nullable String words,
    @Nullable Instant about) {

  private static final String SOURCE_TRACKER = "/job-tracker-service";

  /// As they were heard. Where topics say something at the same instant, what causes the other
  /// comes first: the queue, then the wish to stop, then the run.
  static final Comparator<HeardEvent> ORDER =
      comparing(HeardEvent::heardAt)
          .thenComparingInt(heard -> heard.kind.ordinal() < 2 ? heard.kind.ordinal() : 2)
          .thenComparingLong(HeardEvent::offset);

  /// @param heardAt when Kafka took it
  static HeardEvent of(JobEvent event, Instant heardAt, long offset, @Nullable String source) {
    return new HeardEvent(
        event.jobId(),
        EventKind.of(event),
        attemptOf(event),
        event.at(),
        heardAt,
        offset,
        Text.keptOrNull(source, Text.NAME),
        Text.keptOrNull(whoOf(event), Text.NAME),
        Text.keptOrNull(wordsOf(event), Text.LONGEST),
        aboutOf(event));
  }

  boolean isWish() {
    return kind == EventKind.ABANDON_REQUESTED;
  }

  /// The wish to stop the job that it tells of.
  Wish wish() {
    return new Wish(at, requireNonNullElse(who, ""), requireNonNullElse(words, ""));
  }

  /// Whether the run was ended by the tracker, and not by its agent.
  boolean isInPlaceOfAgent() {
    return switch (kind) {
      case CANCELLED -> who == null;
      case FAILED -> isByTracker(source);
      default -> false;
    };
  }

  /// Whether a tracker says it, and not the run's agent.
  static boolean isByTracker(@Nullable String source) {
    return SOURCE_TRACKER.equals(source);
  }

  /// Who says it: the agent or the person, else who sent it.
  @Nullable String by() {
    if (who != null || source == null) {
      return who;
    }
    return source.startsWith("/") ? source.substring(1) : source;
  }

  /// Equal for events that say the same. An alarm is raised once for a job, and a silence once for
  /// the time since when it lasts, whenever that is said.
  HeardEvent saying() {
    boolean timed = kind != EventKind.SILENT && kind != EventKind.ALARM_RAISED;
    return new HeardEvent(
        jobId,
        kind,
        attempt,
        timed ? at : Instant.EPOCH,
        Instant.EPOCH,
        0,
        null,
        who,
        words,
        about);
  }

  private static int attemptOf(JobEvent event) {
    return switch (event) {
      case JobQueued queued -> queued.attempt();
      case RunEvent told -> told.attempt();
      case JobAbandonRequested _, JobAlarmRaised _ -> 0;
    };
  }

  private static @Nullable String whoOf(JobEvent event) {
    return switch (event) {
      case JobQueued queued -> queued.requestedBy();
      case JobAbandonRequested request -> request.requestedBy();
      case JobStarted started -> started.agent();
      case JobCancelling cancelling -> cancelling.agent();
      case JobCancelled cancelled -> cancelled.agent();
      case JobProgressed _, JobCompleted _, JobFailed _ -> null;
      case JobRetryScheduled _, JobSilent _, JobAlarmRaised _ -> null;
    };
  }

  private static @Nullable String wordsOf(JobEvent event) {
    return switch (event) {
      case JobAbandonRequested request -> request.reason();
      case JobProgressed progressed -> progressed.clues() + " clues";
      case JobCompleted completed -> completed.clues() + " clues";
      case JobFailed failed -> failed.error();
      case JobCancelled cancelled -> cancelled.reason();
      case JobRetryScheduled retry -> retry.reason();
      case JobSilent silent ->
          "%s is silent.".formatted(silent.agent() == null ? "Its agent" : silent.agent());
      case JobAlarmRaised alarm -> "It took longer than %s.".formatted(alarm.alarm());
      case JobQueued _, JobStarted _, JobCancelling _ -> null;
    };
  }

  private static @Nullable Instant aboutOf(JobEvent event) {
    return switch (event) {
      case JobQueued queued -> queued.scheduledFor();
      case JobRetryScheduled retry -> retry.dueAt();
      case JobSilent silent -> silent.heardAt();
      default -> null;
    };
  }
}
