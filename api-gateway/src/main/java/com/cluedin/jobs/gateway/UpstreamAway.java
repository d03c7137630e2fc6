package com.cluedin.jobs.gateway;

/// A service behind the gateway could not be reached or did not answer.
class UpstreamAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param uncertain whether it may have done what it was asked, though nobody heard of it
  UpstreamAway(String service, boolean uncertain, Throwable cause) {
    super(
        uncertain
            ? "The %s did not answer, so it is not known whether this was done. Please look before you try again."
                .formatted(service)
            : "The %s does not answer; nothing was changed. Please try again.".formatted(service),
        cause);
  }
}
