package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.ScheduleEvent;
import com.cluedin.jobs.model.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Makes news of records. What cannot be read, or is not where it belongs, tells nothing, as with
/// the tracker.
final class NewsReader {

  private final Map<UUID, JobNews> jobs = new LinkedHashMap<>();
  private final Set<JobTypeNews> jobTypes = new LinkedHashSet<>();
  private Instant at = Instant.EPOCH;

  static News read(Iterable<ConsumerRecord<String, Message>> records) {
    NewsReader reader = new NewsReader();
    for (ConsumerRecord<String, Message> record : records) {
      if (record.value() instanceof Event event && belongs(event, record.topic())) {
        reader.hear(event);
      }
    }
    return new News(reader.at, reader.jobs, reader.jobTypes, false);
  }

  private void hear(Event event) {
    switch (event) {
      case JobEvent told -> jobs.merge(told.jobId(), JobNews.of(told), JobNews::join);
      case ScheduleEvent told -> jobTypes.add(JobTypeNews.of(told.jobTypeId()));
      case IntegrationEvent told -> jobTypes.add(JobTypeNews.of(told));
    }
    at = event.at().isAfter(at) ? event.at() : at;
  }

  private static boolean belongs(Event event, String topic) {
    return switch (event) {
      case JobQueued queued -> topic.equals(Topics.jobQueue(queued.queue())) && isJob(queued);
      case JobAbandonRequested told -> topic.equals(Topics.JOB_ABANDONMENTS) && isJob(told);
      case RunEvent told -> topic.equals(Topics.JOB_EVENTS) && isJob(told);
      case JobAlarmRaised told -> topic.equals(Topics.JOB_EVENTS) && isJob(told);
      case ScheduleEvent _ -> topic.equals(Topics.SCHEDULE_DECISIONS);
      case IntegrationEvent _ -> topic.equals(Topics.INTEGRATIONS);
    };
  }

  private static boolean isJob(JobEvent event) {
    return JobIds.jobOf(event.jobId()).equals(event.jobId());
  }
}
