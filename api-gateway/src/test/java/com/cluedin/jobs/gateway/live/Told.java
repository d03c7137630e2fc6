package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.ScheduleEvent;
import com.cluedin.jobs.model.Topics;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Events as the log holds them.
final class Told {

  private Told() {}

  static News news(Event... events) {
    return NewsReader.read(
        Arrays.stream(events).map(event -> record(topicOf(event), event)).toList());
  }

  static ConsumerRecord<String, Message> record(String topic, Message message) {
    return new ConsumerRecord<>(topic, 0, 0, "key", message);
  }

  private static String topicOf(Event event) {
    return switch (event) {
      case JobQueued queued -> Topics.jobQueue(queued.queue());
      case JobAbandonRequested _ -> Topics.JOB_ABANDONMENTS;
      case ScheduleEvent _ -> Topics.SCHEDULE_DECISIONS;
      case IntegrationEvent _ -> Topics.INTEGRATIONS;
      default -> Topics.JOB_EVENTS;
    };
  }
}
