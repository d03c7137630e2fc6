package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.service.DeadLetters;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

class JobProjectionIT {

  private static final int JOBS = 200;

  @Test
  void whatIsTooMuchForTheTimePostgresHasIsMergedBitByBit() {
    try (TrackerDatabase database = new TrackerDatabase();
        Admin admin = Admin.create(ReadLog.KAFKA)) {
      database.execute(
          """
          CREATE FUNCTION tracker.rest() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_sleep(0.005); RETURN new; END $$;
          CREATE TRIGGER slow BEFORE INSERT ON tracker.job
            FOR EACH ROW EXECUTE FUNCTION tracker.rest();
          ALTER DATABASE "%s" SET statement_timeout = '300ms'
          """
              .formatted(database.name()));
      JobProjection projection = projection(database, admin);
      List<ConsumerRecord<String, Message>> batch = records(new RandomStories(5).ofJobs(JOBS));

      assertThatThrownBy(() -> projection.on(batch))
          .hasStackTraceContaining("canceling statement due to statement timeout");
      assertThat(failuresUntilKept(projection, batch)).isPositive();

      database.execute("ALTER DATABASE \"%s\" RESET statement_timeout".formatted(database.name()));
      assertThat(database.rows("job")).hasSize(JOBS);
      assertThat(database.tallies()).isEqualTo(database.countedTallies());
      assertThat(database.query("SELECT read_offset FROM tracker.job_event"))
          .hasSizeGreaterThan(JOBS)
          .doesNotHaveDuplicates();
    }
  }

  private static int failuresUntilKept(
      JobProjection projection, List<ConsumerRecord<String, Message>> batch) {
    for (int failures = 0; ; failures++) {
      try {
        projection.on(batch);
        return failures;
      } catch (RuntimeException e) {
        if (failures == 20) {
          throw e;
        }
      }
    }
  }

  private static JobProjection projection(TrackerDatabase database, Admin admin) {
    return new JobProjection(
        database.readModel(),
        new History(database.client()),
        new KnownJobTypes(database.client()),
        new Positions(database.client(), database.transaction()),
        new DeadLetters(
            admin,
            new KafkaTemplate<>(
                new DefaultKafkaProducerFactory<>(
                    ReadLog.KAFKA, new ByteArraySerializer(), new ByteArraySerializer()))));
  }

  private static List<ConsumerRecord<String, Message>> records(List<JobEvent> told) {
    return IntStream.range(0, told.size())
        .mapToObj(i ->
            new ConsumerRecord<String, Message>(
                topic(told.get(i)), 0, i, told.get(i).key(), told.get(i)))
        .toList();
  }

  private static String topic(JobEvent event) {
    return switch (event) {
      case JobQueued job -> Topics.jobQueue(job.queue());
      case JobAbandonRequested _ -> Topics.JOB_ABANDONMENTS;
      default -> Topics.JOB_EVENTS;
    };
  }
}
