package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobAbandonment;
import com.cluedin.jobs.model.JobEventView;
import com.cluedin.jobs.model.JobStateView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The life of a job, told from its events.
///
/// @param states its path
/// @param abandonment how far the wish to stop it has come, or null
/// @param retryAt when it will be queued again, while it waits for that; else null
record Story(
    List<JobEventView> events,
    List<JobStateView> states,
    @Nullable JobAbandonment abandonment,
    @Nullable Instant retryAt) {

  /// What a tracker tells itself may be in the read model before it is read as an event: the wish
  /// to stop the job, and an end in place of an agent. Both have their place in the story all the
  /// same.
  ///
  /// @param heard in any order
  /// @param wish the wish to stop the job, or null
  /// @param newest the job's newest run
  static Story of(List<HeardEvent> heard, @Nullable Wish wish, RunFacts newest) {
    Telling telling = new Telling();
    @Nullable Wish unread = heard.stream().anyMatch(HeardEvent::isWish) ? null : wish;
    for (HeardEvent event : heard.stream().sorted(HeardEvent.ORDER).toList()) {
      if (unread != null && event.heardAt().isAfter(unread.at())) {
        telling.ask(unread);
        unread = null;
      }
      telling.hear(event);
    }
    if (unread != null) {
      telling.ask(unread);
    }
    return telling.end(newest);
  }

  /// What was heard so far.
  private static final class Telling {

    private final List<JobEventView> events = new ArrayList<>();
    private final List<JobStateView> states = new ArrayList<>();
    private final Set<HeardEvent> said = new HashSet<>();
    private int attempt;
    private JobState state = JobState.QUEUED;
    private boolean queued;
    private @Nullable Instant retryAt;
    private @Nullable Wish wish;
    private @Nullable HeardEvent delivered;
    private @Nullable Instant confirmedAt;
    private @Nullable Instant timedOutAt;

    void hear(HeardEvent event) {
      boolean accepted = said.add(event.saying()) && isNews(event);
      if (accepted) {
        follow(event);
      }
      events.add(
          new JobEventView(
              event.at(),
              event.heardAt(),
              event.kind().type(),
              event.kind().isOfRun() ? event.attempt() : null,
              event.by(),
              event.words(),
              accepted));
    }

    /// The first wish counts. Where the run has ended already, nothing is left to be confirmed.
    void ask(Wish asked) {
      if (wish == null) {
        wish = asked;
        confirmedAt = state.isFinal() ? asked.at() : null;
      }
      walk(asked.at());
    }

    Story end(RunFacts newest) {
      @Nullable Instant end = newest.finishedAt();
      boolean isNews =
          newest.attempt() > attempt
              || newest.attempt() == attempt && newest.state().compareTo(state) > 0;
      if (end != null && isNews) {
        begin(newest.attempt());
        reach(newest.state(), true, end);
        walk(end);
      }
      return new Story(events, states, abandonment(), retryAt);
    }

    /// A later run outranks this one, and so does an end of it that counts as much or more.
    private boolean isNews(HeardEvent event) {
      if (!event.kind().isOfRun() || event.attempt() > attempt) {
        return true;
      }
      return event.attempt() == attempt
          && (!state.isFinal() || event.kind().state().compareTo(state) > 0);
    }

    private void follow(HeardEvent event) {
      if (event.kind().isOfRun()) {
        move(event);
      }
      switch (event.kind()) {
        case ABANDON_REQUESTED -> ask(event.wish());
        case CANCELLING -> delivered = delivered == null ? event : delivered;
        case RETRY_SCHEDULED -> retryAt = queued ? null : event.about();
        case QUEUED -> queued = true;
        case STARTED, PROGRESSED, COMPLETED, FAILED, CANCELLED, SILENT, ALARM_RAISED -> {}
      }
      walk(event.at());
    }

    private void move(HeardEvent event) {
      begin(event.attempt());
      reach(event.kind().state(), event.isInPlaceOfAgent(), event.at());
    }

    /// A later run has to hear of the wish anew.
    private void begin(int newest) {
      if (newest > attempt) {
        attempt = newest;
        state = JobState.QUEUED;
        queued = false;
        delivered = null;
        confirmedAt = null;
        timedOutAt = null;
      }
      retryAt = null;
    }

    private void reach(JobState told, boolean inPlaceOfAgent, Instant at) {
      if (told.isFinal() && wish != null) {
        if (inPlaceOfAgent && state == JobState.EXECUTING) {
          timedOutAt = at;
        } else {
          confirmedAt = at;
          timedOutAt = null;
        }
      }
      state = told.compareTo(state) > 0 ? told : state;
    }

    /// Adds to the path where the job stands now, unless it stood there before.
    private void walk(Instant at) {
      String status = state.shown(wish != null);
      JobStateView last = states.isEmpty() ? null : states.getLast();
      if (attempt == 0
          || last != null && last.attempt() == attempt && last.status().equals(status)) {
        return;
      }
      Instant from = last != null && last.from().isAfter(at) ? last.from() : at;
      if (last != null) {
        double seconds = Duration.between(last.from(), from).toMillis() / 1e3;
        states.removeLast();
        states.add(new JobStateView(last.status(), last.attempt(), last.from(), from, seconds));
      }
      states.add(new JobStateView(status, attempt, from, null, null));
    }

    private @Nullable JobAbandonment abandonment() {
      Wish asked = wish;
      if (asked == null) {
        return null;
      }
      return new JobAbandonment(
          asked.at(),
          Text.orNull(asked.requestedBy()),
          Text.orNull(asked.reason()),
          delivered == null ? null : delivered.at(),
          delivered == null ? null : delivered.who(),
          confirmedAt,
          timedOutAt);
    }
  }
}
