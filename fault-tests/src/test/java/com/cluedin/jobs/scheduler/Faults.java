package com.cluedin.jobs.scheduler;

/// Whether something fails now. Once healed, nothing does.
final class Faults {

  private final Simulation simulation;
  private boolean healed;

  Faults(Simulation simulation) {
    this.simulation = simulation;
  }

  boolean strike(int onceIn) {
    return !healed && simulation.onceIn(onceIn);
  }

  void heal() {
    healed = true;
  }
}
