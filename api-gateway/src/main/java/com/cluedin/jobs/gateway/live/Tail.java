package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log from its end, until it is told to stop. What comes while a listener was told
/// something less than a tenth of a second ago is told together.
final class Tail implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Tail.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration BREATH = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Log kafka;
  private final HeldBack heldBack;
  private final Listener listener;
  private final Set<TopicPartition> followed = new HashSet<>();

  /// Where partitions were read to that are not there, perhaps for a moment.
  private final Map<TopicPartition, Long> vanished = new HashMap<>();

  private @Nullable Position position;
  private long lookedAt;
  private boolean troubled;
  private boolean rested;
  private volatile @Nullable LogReader reader;
  private volatile boolean stopped;

  Tail(Log kafka, HeldBack heldBack, Listener listener) {
    this.kafka = kafka;
    this.heldBack = heldBack;
    this.listener = listener;
  }

  /// Ends it soon.
  void stop() {
    stopped = true;
    LogReader current = reader;
    if (current != null) {
      current.wakeUp();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      try (LogReader opened = kafka.reader("live")) {
        reader = opened;
        follow(opened);
      } catch (WakeupException e) {
        stopped = true;
      } catch (InvalidOffsetException e) {
        log.warn("the log is not there any more where it was read: {}", e.getMessage());
        position = null;
      } catch (RuntimeException e) {
        if (!troubled) {
          log.warn("the log cannot be read: {}", e.toString());
        }
        troubled = true;
        rest(LOOK);
      } finally {
        reader = null;
      }
    }
  }

  private void follow(LogReader from) {
    followed.clear();
    Position begin = position;
    if (begin == null) {
      begin = Position.at(kafka.cluster(), from.ends(from.partitions()));
      vanished.clear();
      beginAgain(begin);
    }
    position = begin;
    lookedAt = System.nanoTime() - LOOK.toNanos();
    while (!stopped) {
      position = lookForPartitions(from, position);
      if (followed.isEmpty()) {
        rest(PATIENCE);
      } else {
        position = tell(rested ? from.pollAfterRest(PATIENCE) : from.poll(PATIENCE), position);
      }
    }
  }

  /// One record that cannot be told does not stop the others: all read again what it would say.
  Position tell(ConsumerRecords<String, Message> records, Position before) {
    rested = false;
    Map<TopicPartition, Long> moved = new HashMap<>();
    records.nextOffsets().forEach((part, next) -> moved.put(part, next.offset()));
    Position after = before.with(moved);
    try {
      News news = heldBack.settle(NewsReader.read(records), before);
      if (!moved.isEmpty() || !news.isEmpty()) {
        listener.tell(this, news, after, heldBack.safe(after));
      }
      if (!news.isEmpty()) {
        rest(BREATH);
        rested = true;
      }
    } catch (RuntimeException e) {
      log.warn("what the log says cannot be told, and is passed over", e);
      beginAgain(after);
      rest(BREATH);
    }
    return after;
  }

  private void beginAgain(Position at) {
    heldBack.forget();
    listener.begin(this, at);
  }

  private Position lookForPartitions(LogReader from, Position known) {
    if (System.nanoTime() - lookedAt < LOOK.toNanos()) {
      return known;
    }
    Position all = known;
    try {
      Set<TopicPartition> there = from.partitions();
      if (!there.equals(followed)) {
        all = follow(from, there, known);
      }
      listener.hear(this);
      troubled = false;
    } catch (RetriableException e) {
      log.debug("the brokers do not answer", e);
    }
    lookedAt = System.nanoTime();
    return all;
  }

  private Position follow(LogReader from, Set<TopicPartition> there, Position known) {
    Set<TopicPartition> parts = new HashSet<>(there);
    parts.removeAll(known.offsets().keySet());
    Added added = Added.of(vanished, from.beginnings(parts), from.ends(parts));
    Position all = known.only(there).with(added.begins());
    from.follow(all.offsets());
    followed.clear();
    followed.addAll(there);
    vanished.putAll(known.offsets());
    vanished.keySet().removeAll(there);
    if (added.skips()) {
      beginAgain(all);
    }
    return all;
  }

  private void rest(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
    }
  }

  /// Who is told. A tail that was stopped may tell something once more.
  interface Listener {

    /// What is told from now on comes after this position. When it is said again, something in
    /// between was lost.
    void begin(Tail tail, Position position);

    /// What the log tells.
    ///
    /// @param position up to where the log was read
    /// @param safe up to where everything that was read has been told
    void tell(Tail tail, News news, Position position, Position safe);

    /// The brokers answer.
    void hear(Tail tail);
  }
}
