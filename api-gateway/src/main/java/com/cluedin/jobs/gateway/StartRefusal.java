package com.cluedin.jobs.gateway;

/// The gateway does not start as it is configured.
class StartRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /// @param reason what is wrong, in a sentence
  /// @param remedy what to do
  StartRefusal(String reason, String remedy) {
    super(reason);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
