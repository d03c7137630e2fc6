package com.cluedin.jobs.gateway.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads once more what clients have missed that were away for long, or knew another gateway. Those
/// that come back together are served by one reading.
final class CatchUp {

  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);
  private static final long LONGEST = 20_000;
  private static final int MOST_ASKED = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Log kafka;
  private final Owners owners;

  CatchUp(Log kafka, Owners owners) {
    this.kafka = kafka;
    this.owners = owners;
  }

  /// Tells each client what it missed up to a position, or that it cannot be told.
  void serve(List<Client> clients, Position until) {
    List<Client> served = List.of();
    News missed = null;
    try (LogReader from = kafka.reader("catch-up")) {
      Set<TopicPartition> parts = until.offsets().keySet();
      Map<TopicPartition, Long> first = from.beginnings(parts);
      Map<TopicPartition, Long> last = from.ends(parts);
      served =
          clients.stream()
              .filter(client -> client.heard().isWithin(first, last))
              .filter(client -> Gap.length(Gap.between(client.heard(), until, first)) <= LONGEST)
              .toList();
      Position lowest =
          Position.lowest(until.cluster(), served.stream().map(Client::heard).toList());
      missed = served.isEmpty() ? null : owned(read(from, Gap.between(lowest, until, first)));
    } catch (RuntimeException e) {
      log.warn("what clients have missed cannot be read: {}", e.toString());
    } finally {
      for (Client client : clients) {
        client.told(served.contains(client) ? missed : null);
      }
    }
  }

  /// @return null when it takes too long
  private static @Nullable News read(LogReader from, Map<TopicPartition, Gap> gaps) {
    from.follow(Gap.begins(gaps));
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    List<News> read = new ArrayList<>();
    while (gaps.entrySet().stream().anyMatch(gap -> from.at(gap.getKey()) < gap.getValue().end())) {
      if (System.nanoTime() > deadline) {
        return null;
      }
      read.add(NewsReader.read(from.poll(PATIENCE)));
    }
    return News.joined(read);
  }

  /// @return null when it stays unknown of some jobs whose they are
  private @Nullable News owned(@Nullable News news) {
    if (news == null || !owners.matter()) {
      return news;
    }
    owners.learn(news);
    List<JobNews> unknown = unknown(news);
    if (unknown.size() <= MOST_ASKED) {
      owners.ask(unknown.stream().map(JobNews::id).toList(), TIMEOUT);
    }
    return news.owned(owners);
  }

  private List<JobNews> unknown(News news) {
    return news.jobs().values().stream().filter(job -> owners.of(job.id()) == null).toList();
  }

  /// Who has missed something.
  interface Client {

    /// Up to where it has heard everything.
    Position heard();

    /// What it has missed.
    ///
    /// @param missed null when it cannot be told
    void told(@Nullable News missed);
  }
}
