package com.cluedin.jobs.tracker;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.backoff.ExponentialBackOff;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TrackerService {

  public static void main(String[] args) {
    SpringApplication.run(TrackerService.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// PostgreSQL away is no reason to pass an event over: it is read again until it is back.
  @Bean
  CommonErrorHandler readAgainUntilItWorks() {
    ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
    backOff.setMaxInterval(5_000);
    return new DefaultErrorHandler(backOff);
  }
}
