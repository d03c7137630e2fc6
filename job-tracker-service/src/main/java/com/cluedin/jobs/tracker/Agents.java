package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.AgentView;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/// Answers which agents are at work. Running jobs are as many as agents have places, so they are
/// simply read.
@Component
class Agents {

  private final DatabaseClient database;

  Agents(DatabaseClient database) {
    this.database = database;
  }

  /// Those that run jobs, by name. An agent is silent when it is about each of them; see {@link
  /// RunFacts#isSilent}.
  Flux<AgentView> atWork(@Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT agent, count(*) AS jobs, max(heard_at) AS heard_at,
              bool_and(silent_heard_at IS NOT NULL AND (heard_at > silent_heard_at) IS NOT TRUE)
                AS silent
            FROM job
            WHERE rank = 1 AND queued_at IS NOT NULL AND agent IS NOT NULL
              AND (:organization::uuid IS NULL OR organization_id = :organization)
            GROUP BY agent ORDER BY agent COLLATE "C"
            """)
        .bind("organization", Jobs.nullable(organization))
        .map(row -> {
          OffsetDateTime heardAt = row.get("heard_at", OffsetDateTime.class);
          return new AgentView(
              requireNonNull(row.get("agent", String.class)),
              requireNonNull(row.get("jobs", Long.class)),
              heardAt == null ? null : heardAt.toInstant(),
              requireNonNull(row.get("silent", Boolean.class)));
        })
        .all();
  }
}
