package com.cluedin.jobs.tracker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Ends abandoned runs whose agents do not answer: an agent that has been silent for longer than
/// its lease is not there to stop them. If it is after all and completed the job, that counts more.
@Component
class AbandonmentWatch {

  private static final Logger log = LoggerFactory.getLogger(AbandonmentWatch.class);

  /// What an event may take from an agent to the read model.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private final Jobs jobs;
  private final Abandonments abandonments;
  private final Duration silence;

  AbandonmentWatch(Jobs jobs, Abandonments abandonments, TrackerSettings settings) {
    this.jobs = jobs;
    this.abandonments = abandonments;
    this.silence = settings.lease().plus(ON_ITS_WAY);
  }

  @Scheduled(fixedDelay = 1_000)
  Mono<Void> look() {
    return jobs.abandonedAndSilent(silence)
        .concatMap(job -> {
          log.info("job {} is cancelled: its agent does not answer", job.id());
          return abandonments.cancel(
              job, "abandoned; its agent was silent for longer than its lease");
        })
        .then();
  }
}
