package com.cluedin.jobs.stack;

import com.cluedin.jobs.stack.ChildProcess.Farewell;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a service is started: as its own JVM, ready when its readiness is.
record ServiceLaunch(
    String name, LogFile log, List<String> command, Map<String, String> environment, URI readiness)
    implements StackProcess.Launch {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(4);

  @Override
  public ChildProcess start(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return ChildProcess.start(name, log, command, all, Farewell.TERM);
  }

  @Override
  public void awaitReady(ChildProcess child) {
    child.await("get ready", START_TIMEOUT, () -> Http.isOk(readiness));
  }
}
