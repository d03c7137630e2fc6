package com.cluedin.jobs.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The share consumers of an agent for its jobs of a queue. How many records one takes is set when
/// it is made, so there are some for each power of two, and as many for a single job as were needed
/// at once. Each is made when it is first needed.
///
/// Each is a member of the share group, of which a broker allows so many: there are no more of them
/// than places and sizes.
final class JobConsumers {

  private static final int MOST_OF_A_SIZE = 4;

  private final int places;
  private final int most;
  private final IntFunction<JobConsumer> make;
  private final TreeMap<Integer, Deque<JobConsumer>> idle = new TreeMap<>();
  private final Map<Integer, Integer> inUse = new HashMap<>();
  private boolean closed;

  /// @param places how many jobs the agent runs at once
  /// @param make makes one that takes so many records
  JobConsumers(int places, IntFunction<JobConsumer> make) {
    this.places = places;
    this.most = places + Integer.numberOfTrailingZeros(Integer.highestOneBit(places));
    this.make = make;
  }

  /// One of the largest that have nothing to do and take no more than there is room for. Where all
  /// are in use, one of them has no job any more, as there is room, and is about to come back.
  ///
  /// @param room 1 or more
  synchronized JobConsumer take(int room) throws InterruptedException {
    while (idle.isEmpty() && count() >= most) {
      wait();
    }
    int size = Integer.highestOneBit(room);
    while (size > 1 && inUse.getOrDefault(size, 0) >= Math.min(places / size, MOST_OF_A_SIZE)) {
      size /= 2;
    }
    @Nullable JobConsumer taken = takeIdle(size);
    if (taken == null && count() >= most) {
      taken = takeALittleSmaller(size);
      if (taken == null) {
        closeASpareOne();
      }
    }
    if (taken == null) {
      taken = make.apply(size);
    }
    inUse.merge(taken.size(), 1, Integer::sum);
    return taken;
  }

  /// It holds nothing any more.
  synchronized void giveBack(JobConsumer consumer) {
    forget(consumer);
    if (closed) {
      consumer.close();
    } else {
      idle.computeIfAbsent(consumer.size(), _ -> new ArrayDeque<>()).push(consumer);
    }
  }

  /// It is in use no more, and never will be.
  synchronized void forget(JobConsumer consumer) {
    inUse.merge(consumer.size(), -1, Integer::sum);
    notifyAll();
  }

  /// From now on none is kept.
  ///
  /// @return those that have nothing to do, for the caller to close
  synchronized List<JobConsumer> giveUp() {
    closed = true;
    List<JobConsumer> all = idle.values().stream().flatMap(Deque::stream).toList();
    idle.clear();
    return all;
  }

  private @Nullable JobConsumer takeIdle(int size) {
    @Nullable Deque<JobConsumer> those = idle.get(size);
    if (those == null) {
      return null;
    }
    JobConsumer taken = those.pop();
    if (those.isEmpty()) {
      idle.remove(size);
    }
    return taken;
  }

  private @Nullable JobConsumer takeALittleSmaller(int size) {
    @Nullable Integer smaller = idle.lowerKey(size);
    return smaller == null || 4 * smaller < size ? null : takeIdle(smaller);
  }

  /// The last one of a large size is kept: another would have to be made for it soon.
  private void closeASpareOne() {
    idle.values().stream()
        .filter(those -> those.size() > 1 || those.getFirst().size() == 1)
        .findFirst()
        .map(those -> takeIdle(those.getFirst().size()))
        .ifPresent(JobConsumer::close);
  }

  private int count() {
    return inUse.values().stream().mapToInt(it -> it).sum()
        + idle.values().stream().mapToInt(Deque::size).sum();
  }
}
