package com.cluedin.jobs.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Clients that have missed more than is remembered. They are served in the order they come, and
/// together where one reading is under way.
final class Stragglers {

  private final CatchUp catchUp;
  private final Supplier<@Nullable Position> until;
  private final BiConsumer<Watcher, @Nullable News> told;
  private final List<CatchUp.Client> waiting = new ArrayList<>();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("live-catch-up").factory());

  /// @param until up to where the log has to be read; null when nobody needs it any more
  /// @param told takes what a client has missed, or null when it cannot be told
  Stragglers(
      CatchUp catchUp,
      Supplier<@Nullable Position> until,
      BiConsumer<Watcher, @Nullable News> told) {
    this.catchUp = catchUp;
    this.until = until;
    this.told = told;
  }

  /// @param heard up to where it has heard everything
  void add(Watcher watcher, Position heard) {
    synchronized (waiting) {
      waiting.add(new Straggler(watcher, heard));
    }
    reader.execute(this::serve);
  }

  void close() {
    reader.shutdown();
  }

  private void serve() {
    List<CatchUp.Client> served;
    synchronized (waiting) {
      served = List.copyOf(waiting);
      waiting.clear();
    }
    Position end = until.get();
    if (end != null && !served.isEmpty()) {
      catchUp.serve(served, end);
    }
  }

  private final class Straggler implements CatchUp.Client {

    private final Watcher watcher;
    private final Position heard;

    Straggler(Watcher watcher, Position heard) {
      this.watcher = watcher;
      this.heard = heard;
    }

    @Override
    public Position heard() {
      return heard;
    }

    @Override
    public void told(@Nullable News missed) {
      told.accept(watcher, missed);
    }
  }
}
