package com.cluedin.jobs.gateway.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest news, for clients that were away for a moment.
final class Recent {

  private static final int MOST_TOLD = 1_000;
  private static final int LARGEST = 10_000;

  private final Deque<Told> told = new ArrayDeque<>();
  private int size;

  /// @param before the id that clients had before they heard it
  void add(String before, News news) {
    told.addLast(new Told(before, news));
    size += news.size();
    while (told.size() > MOST_TOLD || size > LARGEST) {
      size -= told.removeFirst().news.size();
    }
  }

  /// All that a client has missed, or null when it has been away for too long.
  ///
  /// @param id the last one the client heard
  /// @param current what those have who heard everything
  @Nullable News since(String id, String current) {
    List<News> missed =
        told.stream().dropWhile(next -> !next.before.equals(id)).map(Told::news).toList();
    if (missed.isEmpty()) {
      return id.equals(current) ? News.NONE : null;
    }
    return News.joined(missed);
  }

  void clear() {
    told.clear();
    size = 0;
  }

  private record Told(String before, News news) {}
}
