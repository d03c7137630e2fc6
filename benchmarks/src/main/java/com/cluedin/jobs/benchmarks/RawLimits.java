package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What PostgreSQL and Kafka can do on this machine when nothing is asked of them but that: rows by
/// JDBC through `unnest`, a thousand in a transaction, and records of 300 bytes with acks=all.
final class RawLimits {

  private static final int BATCH = 1_000;
  private static final int BATCHES = 60;
  private static final int REPETITIONS = 3;
  private static final String TOPIC = "raw-limits";

  private RawLimits() {}

  static void measure(Installation on, Figures figures) throws Exception {
    rows(on, figures);
    records(on, figures);
  }

  private static void rows(Installation on, Figures figures) throws SQLException {
    String insert =
        """
        INSERT INTO raw_limit AS known (id, owner, rank, progress, at, name)
        SELECT *, now(), 'Benchmark' FROM unnest(?::uuid[], ?::uuid[], ?::smallint[], ?::bigint[])
        """;
    String upsert =
        insert
            + """
            ON CONFLICT (id) DO UPDATE SET rank = greatest(known.rank, excluded.rank),
              progress = greatest(known.progress, excluded.progress)
            RETURNING old.rank, new.rank
            """;
    double[] inserts = new double[REPETITIONS];
    double[] updates = new double[REPETITIONS];
    try (Connection database = on.database();
        Statement statement = database.createStatement()) {
      for (int i = -1; i < REPETITIONS; i++) {
        statement.execute("DROP TABLE IF EXISTS raw_limit");
        statement.execute(
            """
            CREATE TABLE raw_limit (id uuid PRIMARY KEY, owner uuid, rank smallint, progress bigint,
              at timestamptz, name text) WITH (fillfactor = 80)
            """);
        statement.execute("CREATE INDEX ON raw_limit (owner, at, id)");
        double inserted = rate(database, insert, 0);
        double updated = rate(database, upsert, 4);
        if (i >= 0) {
          inserts[i] = inserted;
          updates[i] = updated;
        }
      }
      statement.execute("DROP TABLE raw_limit");
    }
    figures.add(".postgres.insert", "rows/s", inserts);
    figures.add(".postgres.upsert", "rows/s", updates);
  }

  private static double rate(Connection database, String sql, int rank) throws SQLException {
    database.setAutoCommit(false);
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      long began = System.nanoTime();
      for (int batch = 0; batch < BATCHES; batch++) {
        UUID[] ids = new UUID[BATCH];
        UUID[] owners = new UUID[BATCH];
        Short[] ranks = new Short[BATCH];
        Long[] progress = new Long[BATCH];
        for (int i = 0; i < BATCH; i++) {
          int number = batch * BATCH + i;
          ids[i] = new UUID(number, number * 0x9E3779B97F4A7C15L);
          owners[i] = new UUID(0, number % 20);
          ranks[i] = (short) rank;
          progress[i] = (long) rank * number;
        }
        statement.setArray(1, array(database, "uuid", ids));
        statement.setArray(2, array(database, "uuid", owners));
        statement.setArray(3, array(database, "int2", ranks));
        statement.setArray(4, array(database, "int8", progress));
        statement.execute();
        database.commit();
      }
      return BATCH * BATCHES / ((System.nanoTime() - began) / 1e9);
    } finally {
      database.setAutoCommit(true);
    }
  }

  private static Array array(Connection database, String type, Object[] values)
      throws SQLException {
    return database.createArrayOf(type, values);
  }

  private static void records(Installation on, Figures figures) throws Exception {
    on.makeTopics(List.of(TOPIC));
    byte[] value = new byte[300];
    int records = 300_000;
    double[] rates = new double[REPETITIONS];
    for (int i = -1; i < REPETITIONS; i++) {
      long began = System.nanoTime();
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", on.kafka(), "acks", "all", "linger.ms", 5),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (int n = 0; n < records; n++) {
          producer.send(new ProducerRecord<>(TOPIC, value));
        }
      }
      if (i >= 0) {
        rates[i] = records / ((System.nanoTime() - began) / 1e9);
      }
    }
    figures.add(".kafka.produce", "records/s", rates);
  }
}
