package com.cluedin.jobs.gateway;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;

@SpringBootApplication(exclude = ReactiveUserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class GatewayService {

  public static void main(String[] args) {
    SpringApplication.run(GatewayService.class, args);
  }

  @Bean
  @Qualifier("scheduler")
  Upstream scheduler(GatewaySettings settings) {
    return new Upstream("scheduler", settings.schedulerUrl(), settings);
  }

  @Bean
  @Qualifier("tracker")
  Upstream tracker(GatewaySettings settings) {
    return new Upstream("tracker", settings.trackerUrl(), settings);
  }
}
