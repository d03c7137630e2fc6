package com.cluedin.jobs.tracker;

import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.service.WholeTransactions;
import com.cluedin.jobs.stack.Backing;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/// A tracker's database, real and empty.
final class TrackerDatabase implements AutoCloseable {

  private static final Backing BACKING = Backing.shared();

  private final String name = BACKING.newDatabase();
  private final ConnectionPool connections = connections();

  TrackerDatabase() {
    this("latest");
  }

  TrackerDatabase(String version) {
    migrate(version);
  }

  void migrate(String version) {
    Flyway.configure()
        .dataSource(url(), BACKING.postgresUser(), BACKING.postgresPassword())
        .schemas("tracker")
        .target(version)
        .load()
        .migrate();
  }

  DatabaseClient client() {
    return DatabaseClient.create(connections);
  }

  WholeTransactions transaction() {
    return new WholeTransactions(new R2dbcTransactionManager(connections));
  }

  /// Keeps what is told, as the projection does.
  Mono<Void> merge(List<? extends JobEvent> told) {
    List<JobEvent> events = List.copyOf(told);
    List<HeardEvent> heard = new ArrayList<>();
    for (JobEvent event : events) {
      heard.add(HeardEvent.of(event, event.at(), heard.size(), "/test"));
    }
    Collection<JobFacts> facts = JobFactsTest.fold(events).values();
    return readModel()
        .merge(facts)
        .flatMap(
            outranked -> new History(client()).keep(History.worthKeeping(heard, facts, outranked)))
        .then(
            new KnownJobTypes(client())
                .keep(
                    events.stream()
                        .filter(JobQueued.class::isInstance)
                        .map(JobQueued.class::cast)
                        .toList()))
        .as(transaction()::transactional);
  }

  ReadModel readModel() {
    return new ReadModel(client(), transaction());
  }

  /// Lists of its jobs.
  ///
  /// @param few of how many jobs all are read and sorted
  JobList jobList(long few) {
    return new JobList(client(), new Jobs(client()), new JobTypeSearch(client()), snapshot(), few);
  }

  Snapshot snapshot() {
    return new Snapshot(client(), new R2dbcTransactionManager(connections));
  }

  @Override
  public void close() {
    connections.dispose();
  }

  private ConnectionPool connections() {
    ConnectionFactory factory =
        ConnectionFactories.get(
            ConnectionFactoryOptions.builder()
                .option(DRIVER, "postgresql")
                .option(HOST, BACKING.postgresHost())
                .option(PORT, BACKING.postgresPort())
                .option(USER, BACKING.postgresUser())
                .option(PASSWORD, BACKING.postgresPassword())
                .option(DATABASE, name)
                .option(Option.valueOf("schema"), "tracker")
                .option(Option.valueOf("forceBinary"), true)
                .option(Option.valueOf("options"), options())
                .build());
    return new ConnectionPool(
        ConnectionPoolConfiguration.builder(factory).initialSize(0).maxSize(8).build());
  }

  /// What the tracker's connections are told.
  private static String options() {
    YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
    settings.setResources(new ClassPathResource("application.yml"));
    return requireNonNull(settings.getObject()).getProperty("spring.r2dbc.properties.options");
  }

  /// All rows as text, sorted.
  List<String> rows(String table) {
    return query("SELECT t::text FROM tracker.%s AS t ORDER BY 1".formatted(table));
  }

  /// The tallies as they have to be, counted from the rows.
  List<String> countedTallies() {
    return query(
        """
        SELECT (configuration_id, organization_id, coalesce(hour, day), rank, count(*),
          provider_id)::text
        FROM tracker.job, date_trunc('hour', queued_at, 'UTC') AS hour,
          date_trunc('day', queued_at, 'UTC') AS day
        WHERE queued_at IS NOT NULL
        GROUP BY GROUPING SETS ((rank), (rank, hour), (organization_id, rank),
          (organization_id, rank, hour), (configuration_id, organization_id, provider_id, rank, day))
        UNION ALL
        SELECT (organization_id, day, rank, count(*))::text
        FROM tracker.job, date_trunc('day', queued_at, 'UTC') AS day
        WHERE queued_at IS NOT NULL
        GROUP BY GROUPING SETS ((rank, day), (organization_id, rank, day))
        UNION ALL
        SELECT (configuration_id, organization_id, provider_id,
          count(*) FILTER (WHERE rank = 0), count(*) FILTER (WHERE rank = 1),
          count(*) FILTER (WHERE rank = 2), count(*) FILTER (WHERE rank = 3),
          count(*) FILTER (WHERE rank = 4))::text
        FROM tracker.job WHERE queued_at IS NOT NULL
        GROUP BY configuration_id, organization_id, provider_id
        ORDER BY 1
        """);
  }

  List<String> tallies() {
    return query(
        """
        SELECT t::text FROM tracker.tally AS t WHERE jobs <> 0
        UNION ALL SELECT t::text FROM tracker.tally_of_day AS t WHERE jobs <> 0
        UNION ALL SELECT t::text FROM tracker.jobs_of_job_type AS t
        WHERE (queued, executing, cancelled, failed, completed) <> (0, 0, 0, 0, 0)
        ORDER BY 1
        """);
  }

  String name() {
    return name;
  }

  List<String> query(String sql) {
    try (Connection connection =
            DriverManager.getConnection(url(), BACKING.postgresUser(), BACKING.postgresPassword());
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Throws the read model away.
  void drop() {
    execute("DROP SCHEMA tracker CASCADE");
  }

  void execute(String sql) {
    try (Connection connection =
        DriverManager.getConnection(url(), BACKING.postgresUser(), BACKING.postgresPassword())) {
      connection.createStatement().execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Lets nobody write into a table until it is closed.
  AutoCloseable holdUp(String table) throws SQLException {
    Connection connection =
        DriverManager.getConnection(url(), BACKING.postgresUser(), BACKING.postgresPassword());
    connection.setAutoCommit(false);
    connection.createStatement().execute("LOCK TABLE tracker.%s IN SHARE MODE".formatted(table));
    return connection::close;
  }

  private String url() {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(BACKING.postgresHost(), BACKING.postgresPort(), name);
  }
}
