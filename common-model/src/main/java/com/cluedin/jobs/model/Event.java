package com.cluedin.jobs.model;

import java.time.Instant;

/// A fact that travels through Kafka. The same record is produced, consumed, projected and shown.
///
/// Each event has a logical name with a version (its {@link
/// com.fasterxml.jackson.annotation.JsonTypeName}), which travels as the CloudEvents attribute
/// `type`; no class name is ever on the wire. A field added later is nullable; a field whose
/// meaning changes makes a new version.
public sealed interface Event extends Message permits IntegrationEvent, JobEvent, ScheduleEvent {

  /// When it happened, by the clock of who says so, in microseconds at the finest.
  Instant at();

  /// The record key: events of one key stay in order.
  String key();
}
