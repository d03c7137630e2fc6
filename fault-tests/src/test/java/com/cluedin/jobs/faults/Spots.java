package com.cluedin.jobs.faults;

/// Places in the code of services where failing hurts most, as the breakpoint takes them, without
/// the passage and the failure.
final class Spots {

  static final String CLAIMED = "com.cluedin.jobs.scheduler.Outbox#add:entry";
  static final String AHEAD = "com.cluedin.jobs.scheduler.DueSchedules#awaitInstant:entry";
  static final String INSERTED = "io.r2dbc.postgresql.PostgresqlConnection#commitTransaction:entry";
  static final String SENT =
      "org.apache.kafka.clients.producer.KafkaProducer#commitTransaction:entry";
  static final String KAFKA_COMMITTED =
      "org.apache.kafka.clients.producer.KafkaProducer#commitTransaction:exit";

  static final String READ = "com.cluedin.jobs.tracker.ReadModel#merge:entry";
  static final String MERGED = "com.cluedin.jobs.tracker.JobProjection#project:exit";

  static final String RUN_BEGINS = "com.cluedin.jobs.simulator.SimulatedCrawler#crawl:entry";
  static final String RUN_GOES_ON = "com.cluedin.jobs.agent.Run#progress:entry";
  static final String RUN_OVER = "com.cluedin.jobs.agent.Run#ended:entry";
  static final String RUN_TOLD = "com.cluedin.jobs.agent.Deliveries#settle:entry";
  static final String ACKNOWLEDGING =
      "org.apache.kafka.clients.consumer.KafkaShareConsumer#commitSync:entry";
  static final String COMMITTED =
      "org.apache.kafka.clients.consumer.KafkaShareConsumer#commitSync:exit";
  static final String ACKNOWLEDGED = "com.cluedin.jobs.agent.Deliveries#settle:exit";

  private Spots() {}
}
