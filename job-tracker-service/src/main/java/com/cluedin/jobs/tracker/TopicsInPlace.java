package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Makes the topics the tracker reads and writes, as soon as Kafka answers.
@Component
class TopicsInPlace {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Admin admin;
  private boolean inPlace;

  TopicsInPlace(Admin admin) {
    this.admin = admin;
  }

  @Scheduled(fixedDelay = 1_000)
  void ensure() throws TimeoutException, InterruptedException {
    if (!inPlace) {
      Topics.ensure(
          admin,
          TIMEOUT,
          List.of(
              Topics.JOB_EVENTS,
              Topics.JOB_ABANDONMENTS,
              Topics.SCHEDULE_DECISIONS,
              Topics.jobQueue("default")));
      inPlace = true;
    }
  }
}
