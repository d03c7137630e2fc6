package com.cluedin.jobs.gateway.live;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// All who watch, and where the log stands for them. It has the log followed while there is
/// somebody, and half a minute longer.
final class Audience implements Tail.Listener {

  private static final Logger log = LoggerFactory.getLogger(Audience.class);

  /// More are not served.
  static final int MOST = 500;

  private static final Duration LINGER = Duration.ofSeconds(30);
  private static final Duration STALE = Duration.ofSeconds(5);

  private final Log kafka;
  private final Owners owners;
  private final JsonMapper json;
  private final Clock clock;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Recent recent = new Recent();
  private final Stragglers stragglers;
  private @Nullable Tail tail;
  private @Nullable Thread thread;
  private @Nullable Position position;
  private String id = "";
  private long heardAt = System.nanoTime();
  private long watchedAt = heardAt;
  private boolean closed;

  Audience(Log kafka, Owners owners, JsonMapper json, Clock clock) {
    this.kafka = kafka;
    this.owners = owners;
    this.stragglers = new Stragglers(new CatchUp(kafka, owners), this::position, this::caughtUp);
    this.json = json;
    this.clock = clock;
  }

  int size() {
    return watchers.size();
  }

  boolean isFull() {
    return watchers.size() >= MOST;
  }

  /// @return whether there was room
  synchronized boolean enter(Watcher watcher) {
    if (closed) {
      watcher.end();
      return true;
    }
    if (isFull()) {
      return false;
    }
    watchers.add(watcher);
    if (tail == null) {
      heardAt = System.nanoTime();
      follow();
    }
    if (position != null) {
      welcome(watcher, position);
    }
    return true;
  }

  synchronized void leave(Watcher watcher) {
    watchedAt = System.nanoTime();
    watchers.remove(watcher);
  }

  @Override
  public synchronized void begin(Tail from, Position position) {
    if (from != tail) {
      return;
    }
    boolean first = this.position == null;
    recent.clear();
    this.position = position;
    id = position.toId();
    for (Watcher watcher : watchers) {
      if (first) {
        welcome(watcher, position);
      } else {
        watcher.reset(id, clock.instant());
      }
    }
  }

  @Override
  public synchronized void tell(Tail from, News news, Position position, Position safe) {
    if (from != tail) {
      return;
    }
    heardAt = System.nanoTime();
    this.position = position;
    if (!news.isEmpty()) {
      recent.add(id, news);
      id = safe.toId();
      Announcement told = new Announcement(news, id, json);
      watchers.forEach(watcher -> watcher.tell(told));
    }
  }

  @Override
  public synchronized void hear(Tail from) {
    heardAt = from == tail ? System.nanoTime() : heardAt;
  }

  /// What has to be done from time to time.
  synchronized void tick() {
    long now = System.nanoTime();
    boolean stale = now - heardAt > STALE.toNanos();
    watchers.forEach(watcher -> watcher.beat(id, stale, clock.instant()));
    if (watchers.isEmpty() && now - watchedAt > LINGER.toNanos()) {
      rest();
    }
    if (thread != null && !thread.isAlive()) {
      follow();
    }
  }

  /// Ends all streams, and takes no more.
  ///
  /// @return who watched
  synchronized List<Watcher> close() {
    closed = true;
    List<Watcher> last = List.copyOf(watchers);
    last.forEach(Watcher::end);
    stragglers.close();
    rest();
    return last;
  }

  /// Who watches already is reset when the new tail begins, as there is a position.
  private void follow() {
    tail = new Tail(kafka, new HeldBack(owners), this);
    thread = Thread.ofPlatform().daemon().name("live-log").start(tail);
  }

  private void rest() {
    if (tail != null) {
      tail.stop();
      tail = null;
      thread = null;
      position = null;
      recent.clear();
    }
  }

  private void welcome(Watcher watcher, Position current) {
    String lastId = watcher.lastId();
    if (lastId == null) {
      watcher.welcome(id, clock.instant());
      return;
    }
    News missed = recent.since(lastId, id);
    Position heard = missed == null ? current.read(lastId) : null;
    if (missed != null) {
      watcher.welcome(lastId, clock.instant());
      tellMissed(watcher, missed);
    } else if (heard != null) {
      watcher.welcomeBack(lastId, clock.instant());
      stragglers.add(watcher, heard);
    } else {
      watcher.reset(id, clock.instant());
    }
  }

  private synchronized @Nullable Position position() {
    return position;
  }

  private synchronized void caughtUp(Watcher watcher, @Nullable News missed) {
    if (!watcher.catchesUp()) {
      return;
    }
    News all = missed == null ? null : watcher.gathered(missed);
    if (all == null) {
      watcher.reset(id, clock.instant());
    } else {
      tellMissed(watcher, all);
    }
  }

  private void tellMissed(Watcher watcher, News missed) {
    try {
      watcher.catchUp(new Announcement(missed, id, json));
    } catch (RuntimeException e) {
      log.warn("what a client has missed cannot be told", e);
      watcher.reset(id, clock.instant());
    }
  }
}
